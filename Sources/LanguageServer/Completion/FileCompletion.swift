internal import Artifacts
internal import Diagnostics

/// Files and folders beside the document, as far as the path that is being written leads.
struct FileCompletion {
  private let asked: CompletionRequest
  private static let most = 1000

  init(_ asked: CompletionRequest) {
    self.asked = asked
  }

  /// - Parameter isWanted: whether a file of a name could be meant.
  func items(_ isWanted: (String) -> Bool) -> [CompletionItem] {
    let written = asked.prefix
    let start = written.lastIndex(of: "/").map { String(written[...$0]) } ?? ""
    let folder = (start.isEmpty ? "." : start).path(in: asked.folder)
    let names = (try? Folder.names(in: folder)) ?? []
    return names.prefix(Self.most).filter { !$0.hasPrefix(".") }.compactMap { name in
      let isFolder = (try? FileStatus(of: name.path(in: folder), following: true))??.kind == .folder
      guard isFolder || isWanted(name) else { return nil }
      let text = start + name + (isFolder ? "/" : "")
      return CompletionItem(
        text, isFolder ? .folder : .file,
        text: (asked.place.needsSpace ? " " : "")
          + ScalarText.written(text, within: asked.place.quote))
    }
  }
}
