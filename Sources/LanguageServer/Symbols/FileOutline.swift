internal import Diagnostics
internal import YAML

/// A pipeline file as it stands, read as far as it can be.
struct FileOutline: Sendable {
  let path: String
  let text: DocumentText
  let tree: Node

  /// Whether YAML's own reader took it, so that places in it can be relied on.
  let isReadable: Bool
  let occurrences: [Occurrence]

  init(_ text: DocumentText, path: String) {
    self.path = path
    self.text = text
    guard text.isBearable else {
      isReadable = false
      tree = Node(.mapping([]), at: text.range(of: 0..<0, in: path))
      occurrences = []
      return
    }
    let read = try? Node(parsing: text.bytes, file: path)
    isReadable = read != nil
    tree = read ?? TolerantReader.tree(of: text, file: path)
    // An anchor of another file has no place here; there is none across files.
    occurrences = OccurrenceFinder.occurrences(in: tree, file: path)
  }

  /// Whether the file says to be a pipeline of its own. One that is too long to be read is held to be one,
  /// so that somebody is told of its length.
  var isPipeline: Bool { !text.isBearable || tree["pipeline"] != nil }

  /// The absolute paths of the files that it includes.
  var includes: [String] {
    occurrences.compactMap { occurrence in
      if case .file(let path) = occurrence.symbol { path } else { nil }
    }
  }

  var stages: [Node.Entry] { tree["stages"]?.mapping ?? [] }
  var variables: [Node.Entry] { tree["vars"]?.mapping ?? [] }

  /// What is named at a place.
  func occurrence(at offset: Int) -> Occurrence? {
    let line = text.lineIndex(of: offset) + 1
    let touched = occurrences.filter { occurrence in
      guard occurrence.extent.start.line == line else { return false }
      let range = text.bytes(of: occurrence.extent)
      return range.lowerBound <= offset && offset <= range.upperBound
    }
    return touched.min { text.bytes(of: $0.extent).count < text.bytes(of: $1.extent).count }
  }
}
