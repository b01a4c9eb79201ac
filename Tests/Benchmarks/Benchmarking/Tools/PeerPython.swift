internal import Artifacts
internal import Diagnostics

/// The Python environment that holds the peers.
struct PeerPython: Sendable {
  let executable: String

  /// Runs a package as a program; none of them is to report home.
  func run(_ package: String, _ arguments: String...) -> Invocation {
    Invocation(executable, ["-m", package] + arguments, environment: Self.environment)
  }

  func version(of package: String) -> Invocation {
    Invocation(
      executable, ["-c", "from importlib.metadata import version; print(version('\(package)'))"])
  }

  static let environment = [
    "DVC_NO_ANALYTICS": "1", "PYTHONNOUSERSITE": "1", "PYTHONPATH": ".",
  ]
}

extension PeerPython {
  /// The one that set-up links in a checkout.
  init(repository: String) throws(Diagnostic) {
    executable = repository + "/.deps/peers/bin/python"
    guard try FileStatus(of: executable, following: true) != nil else {
      throw Diagnostic(
        "the peers are not installed: there is no '\(executable)'",
        remedy: "install them: scripts/setup --peers",
        "or measure Anneal alone: swift run -c release benchmarks --quick")
    }
  }
}
