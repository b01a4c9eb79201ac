internal import CDeploy
package import Diagnostics
internal import FoundationEssentials
internal import Hardware

/// The OpenVINO runtime, opened on first use.
///
/// OpenVINO and OpenCV both bring the thread library TBB under one name, and the first to be loaded
/// serves both in a process. Either copy offers every symbol that either user asks for, so the
/// order is free.
package enum OpenVINO {
  /// The build that is loaded, such as `2026.4.1-…`.
  ///
  /// - Throws: A diagnostic where the library is missing or does not load.
  package static func version() throws(Diagnostic) -> String {
    let table = try table()
    return unsafe text(table.version())
  }

  static func table() throws(Diagnostic) -> anneal_deploy_table {
    switch opened {
    case .success(let table): return table
    case .failure(let diagnostic): throw diagnostic
    }
  }

  /// Turns a status of the table into a thrown diagnostic.
  ///
  /// - Parameter attempt: What was tried, as in "OpenVINO cannot `attempt`".
  static func check(_ status: Int32, _ attempt: String) throws(Diagnostic) {
    guard status != 0 else { return }
    let reason = unsafe text(try table().message())
    throw Diagnostic(
      "OpenVINO cannot \(attempt)", notes: reason.isEmpty ? [] : [Note(reason)])
  }

  static func text(_ bytes: UnsafePointer<CChar>?) -> String {
    guard let bytes = unsafe bytes else { return "" }
    return unsafe String(cString: bytes)
  }

  private static let opened: Result<anneal_deploy_table, Diagnostic> = {
    let candidates = OwnProgram.current.libraryFolders.map { $0 + "/libAnnealDeploy.so" }
    guard let path = candidates.first(where: FileManager.default.fileExists(atPath:)) else {
      return .failure(
        Diagnostic(
          "the library that runs deployed models is not at \(candidates.joined(separator: " or "))",
          remedy: "build the project again with `swift build`"))
    }
    var reason = [CChar](repeating: 0, count: 1024)
    guard let table = unsafe anneal_deploy_open(path, &reason, reason.count) else {
      return .failure(
        Diagnostic(
          "'\(path)' does not load: \(unsafe text(reason))",
          remedy: "run `./scripts/setup`, then `swift build`"))
    }
    return unsafe .success(table.pointee)
  }()
}
