internal import Artifacts
internal import Dataset
internal import Diagnostics
internal import Options
internal import YAML

/// Finds the files that patterns of a pipeline name.
struct FileSearch {
  /// The directory of the pipeline file, to which patterns are relative.
  private let directory: String

  init(_ directory: String) {
    self.directory = directory
  }

  /// The files that the patterns name, each once, those of a pattern in byte order.
  func files(_ patterns: [PathPattern]) throws(Diagnostic) -> [SourceFile] {
    var found: [SourceFile] = []
    for pattern in patterns {
      let names = try names(pattern)
      if names.isEmpty { throw missing(pattern) }
      for name in names where !found.contains(where: { $0.name == name }) {
        found.append(SourceFile(path: name.path(in: directory), name: name))
      }
    }
    return found
  }

  /// The images of folders with the folder's name as the class, and images that are named
  /// themselves with that of the folder they are in.
  func images(_ patterns: [PathPattern], labelled: Bool) throws(Diagnostic) -> [ImageSource.Item] {
    var items: [ImageSource.Item] = []
    for pattern in patterns {
      let start = items.count
      for name in try names(pattern) {
        let file = SourceFile(path: name.path(in: directory), name: name)
        if try FileStatus(of: file.path, following: true)?.kind == .folder {
          items += try images(in: file, labelled: labelled)
        } else {
          items.append(ImageSource.Item(file, label: labelled ? name.parentPath.lastName : nil))
        }
      }
      if items.count == start {
        if try names(pattern).isEmpty { throw missing(pattern) }
        throw Diagnostic(
          "there is no PNG or JPEG file below '\(pattern.text)'",
          remedy: "images are found by the endings .png, .jpg and .jpeg")
      }
    }
    return items
  }

  /// Patterns that match nothing, each with its place.
  func problems(_ patterns: [PathPattern], at node: Node) -> [Diagnostic] {
    patterns.enumerated().compactMap { index, pattern in
      let place = node.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? node
      do throws(Diagnostic) {
        guard try names(pattern).isEmpty else { return nil }
        var problem = missing(pattern)
        problem.range = place.range
        return problem
      } catch {
        var problem = error
        problem.range = place.range
        return problem
      }
    }
  }

  private static let endings: Set<String> = ["png", "jpg", "jpeg"]

  private func images(
    in folder: SourceFile, labelled: Bool
  ) throws(Diagnostic) -> [ImageSource.Item] {
    var items: [ImageSource.Item] = []
    for entry in try FileTree.entries(below: folder.path) {
      let parts = entry.path.split(separator: "/")
      let isHidden = parts.contains { $0.hasPrefix(".") }
      guard let name = parts.last, let dot = name.lastIndex(of: "."), !isHidden,
        Self.endings.contains(name[name.index(after: dot)...].lowercased())
      else { continue }
      guard parts.count > 1 || !labelled else {
        throw Diagnostic(
          "'\(folder.name)/\(entry.path)' is in no class folder",
          remedy: "put it in a folder with its class as name, or give 'task: none'")
      }
      let file = SourceFile(
        path: folder.path + "/" + entry.path, name: folder.name + "/" + entry.path)
      items.append(ImageSource.Item(file, label: labelled ? parts.first.map(String.init) : nil))
    }
    return items
  }

  /// What a pattern names, relative to the directory as the pattern is.
  private func names(_ pattern: PathPattern) throws(Diagnostic) -> [String] {
    var text = pattern.text
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    if pattern.isLiteral {
      return try FileStatus(of: text.path(in: directory), following: true) == nil ? [] : [text]
    }
    let root = literalFolder(of: text)
    let entries = try FileTree.entries(
      below: (root.isEmpty ? "." : root).path(in: directory), skipping: StoreLayout.usualName)
    return entries.map { root.isEmpty ? $0.path : root + "/" + $0.path }.filter(pattern.matches)
  }

  /// The folder before the first wildcard.
  private func literalFolder(of text: String) -> String {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let literal = parts.prefix { part in !part.contains { "*?[{\\".contains($0) } }
    return literal.joined(separator: "/")
  }

  private func missing(_ pattern: PathPattern) -> Diagnostic {
    .missing(pattern.text, isLiteral: pattern.isLiteral, in: directory)
  }
}
