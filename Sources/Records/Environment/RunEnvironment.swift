internal import FoundationEssentials
internal import Glibc
package import YAML

/// What surrounded a run, beside the machine that the plan was made for: program, libraries, system,
/// the state of the sources, and the words of the command line. It names no person and no host.
package struct RunEnvironment: Hashable, Sendable {
  /// The version of the program.
  package var version = ""
  package var arguments: [String] = []
  package var overrides: [String] = []
  package var profiles: [String] = []

  /// The trial of a search that the run is, such as `smallest.7`.
  package var trial = ""

  /// The folder in which the program was started.
  package var workingDirectory = ""

  /// The distribution, such as `Debian GNU/Linux 12 (bookworm)`.
  package var system = ""

  /// Such as `Linux 6.1.0-18-amd64`.
  package var kernel = ""

  /// The native libraries' versions by the names of their packages.
  package var libraries: [String: String] = [:]

  /// `nil` where nothing ran, or the pipeline's folder is in no repository.
  package var git: GitState?

  package init() {}

  /// What is known at once; `git` is asked where something runs.
  package static func current(_ invocation: Invocation) -> RunEnvironment {
    var environment = RunEnvironment()
    environment.version = invocation.version
    environment.arguments = invocation.arguments
    environment.overrides = invocation.overrides
    environment.profiles = invocation.profiles
    environment.trial = invocation.trial
    environment.workingDirectory = FileManager.default.currentDirectoryPath
    environment.system = distribution
    environment.kernel = kernelName
    environment.libraries = InstalledLibraries().versions
    return environment
  }

  private static var distribution: String {
    let bytes = FileManager.default.contents(atPath: "/etc/os-release") ?? Data()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let name = lines.first { $0.hasPrefix("PRETTY_NAME=") }?.dropFirst("PRETTY_NAME=".count)
    return name?.filter { $0 != "\"" } ?? "unknown"
  }

  private static var kernelName: String {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return "unknown" }
    func text<Characters>(_ characters: Characters) -> String {
      var characters = characters
      return unsafe withUnsafeBytes(of: &characters) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return text(names.sysname) + " " + text(names.release)
  }
}

extension RunEnvironment {
  package var value: Value {
    var value = plain
    if !trial.isEmpty { value["trial"] = .string(trial) }
    return value
  }

  private var plain: Value {
    [
      "anneal": .string(version), "arguments": .array(arguments.map { .string($0) }),
      "overrides": .array(overrides.map { .string($0) }),
      "profiles": .array(profiles.map { .string($0) }),
      "directory": .string(workingDirectory), "system": .string(system),
      "kernel": .string(kernel), "libraries": .object(libraries.mapValues { .string($0) }),
      "git": git?.value ?? .null,
    ]
  }

  /// Reads what `value` wrote; what an older program did not write stays empty.
  package init(_ value: Value) {
    version = value["anneal"]?.string ?? ""
    arguments = Self.texts(value["arguments"])
    overrides = Self.texts(value["overrides"])
    profiles = Self.texts(value["profiles"])
    trial = value["trial"]?.string ?? ""
    workingDirectory = value["directory"]?.string ?? ""
    system = value["system"]?.string ?? ""
    kernel = value["kernel"]?.string ?? ""
    libraries = (value["libraries"]?.object ?? [:]).compactMapValues(\.string)
    git = value["git"].flatMap { GitState($0) }
  }

  private static func texts(_ value: Value?) -> [String] {
    (value?.array ?? []).compactMap(\.string)
  }
}
