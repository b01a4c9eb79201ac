internal import Artifacts
internal import Diagnostics
internal import Foundation

/// The checkout that this program was built from, and the `anneal` built beside it.
struct BuiltPackage {
  let repository: String
  let executable: String

  init() throws {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
    executable = own.parentPath + "/anneal"
    guard own.parentPath.hasSuffix("/release") else {
      throw Diagnostic(
        "this is a debug build, whose times mean nothing",
        remedy: "measure the release build: swift run -c release benchmarks")
    }
    var folder = own.parentPath
    while try FileStatus(of: folder + "/Package.swift") == nil {
      guard folder != "/" else {
        throw Diagnostic(
          "'\(own)' is in no checkout of Anneal",
          remedy: "run it from where it was built: swift run -c release benchmarks")
      }
      folder = folder.parentPath
    }
    repository = folder
  }

  /// Builds `anneal` and the libraries that it opens, because `swift run` builds only what it runs.
  func build(_ progress: Progress) throws {
    for product in ["anneal", "AnnealData", "AnnealMedia", "AnnealTensor"] {
      progress.tell("building \(product)")
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [
        "swift", "build", "--configuration", "release", "--package-path", repository, "--product",
        product,
      ]
      process.standardOutput = FileHandle.standardError
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw Diagnostic(
          "the release build of \(product) failed", remedy: "the messages above say where")
      }
    }
  }
}
