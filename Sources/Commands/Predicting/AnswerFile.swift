internal import Artifacts
internal import Diagnostics

/// Where answers go: to standard output, or into a file that is there only once it is whole.
struct AnswerFile: ~Copyable {
  private let path: String?
  private let console: Console
  private let file: OpenFile?

  /// - Parameter path: the file, or `nil` for standard output.
  init(_ path: String?, _ console: Console) throws(Diagnostic) {
    self.path = path
    self.console = console
    guard let path else {
      file = nil
      return
    }
    // What an earlier attempt may have left.
    try Folder.remove(Self.unfinished(path))
    file = try OpenFile(creating: Self.unfinished(path))
  }

  func write(_ text: String) throws(Diagnostic) {
    guard file != nil else { return console.write(data: text) }
    try file?.write(Array(text.utf8))
  }

  /// Gives the file its name.
  func finish() throws(Diagnostic) {
    guard let path else { return }
    try Folder.rename(Self.unfinished(path), to: path)
  }

  deinit {
    // It is gone already where the file was finished.
    if let path { try? Folder.remove(Self.unfinished(path)) }
  }

  private static func unfinished(_ path: String) -> String { path + ".new" }
}
