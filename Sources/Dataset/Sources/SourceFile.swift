internal import Artifacts
internal import Diagnostics

/// A file to read, with the name by which its user knows it.
package struct SourceFile: Hashable, Sendable {
  /// Where the file is.
  package var path: String

  /// The path as the user wrote it, for messages and for matching.
  package var name: String

  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// Refuses what has no content of its own, without opening it: a pipe waits for a writer, and a device may
  /// have no end.
  func requireContent() throws(Diagnostic) {
    guard let status = try FileStatus(of: path, following: true), status.kind == .other else {
      return
    }
    throw Diagnostic(
      "'\(name)' is \(status.noun), and not a file that can be read again",
      remedy: "write what comes from it to a file, as a 'command' stage can, and name that")
  }

  /// Refuses what is not a plain file, without opening it.
  func requirePlainFile() throws(Diagnostic) {
    try requireContent()
    guard try FileStatus(of: path, following: true)?.kind == .folder else { return }
    throw Diagnostic(
      "'\(name)' is a folder, where a file is to be read",
      remedy: "name the files in it, such as '\(name.hasSuffix("/") ? name : name + "/")*.csv'")
  }
}
