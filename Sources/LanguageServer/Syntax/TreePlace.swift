internal import Diagnostics
internal import YAML

/// The key or value of a document's tree that a place lies on.
struct TreePlace {
  let path: [Step]

  /// Whether the place is on the last step's key, not on its value.
  let isKey: Bool
  let value: Node
  let range: Range<Int>

  /// Fails where the place is on neither.
  init?(at offset: Int, in outline: FileOutline) {
    let line = outline.text.lineIndex(of: offset) + 1
    var search = Search(offset: offset, line: line, text: outline.text)
    guard let found = search.place(in: outline.tree) else { return nil }
    self = found
  }

  private init(path: [Step], isKey: Bool, value: Node, range: Range<Int>) {
    self.path = path
    self.isKey = isKey
    self.value = value
    self.range = range
  }

  private struct Search {
    let offset: Int

    /// The line of the offset, counted from 1. What is shown of keys and scalars is all on one line.
    let line: Int
    let text: DocumentText
    var path: [Step] = []

    mutating func place(in node: Node) -> TreePlace? {
      switch node.content {
      case .scalar:
        return touched(node.range).map {
          TreePlace(path: path, isKey: false, value: node, range: $0)
        }
      case .sequence(let elements):
        for (index, element) in elements.enumerated() {
          path.append(.item(index))
          if let found = place(in: element) { return found }
          path.removeLast()
        }
      case .mapping(let entries):
        for entry in entries {
          path.append(.key(entry.key))
          if let range = touched(entry.keyRange) {
            return TreePlace(path: path, isKey: true, value: entry.value, range: range)
          }
          if let found = place(in: entry.value) { return found }
          path.removeLast()
        }
      }
      return nil
    }

    private func touched(_ range: SourceRange) -> Range<Int>? {
      guard range.start.line == line else { return nil }
      let bytes = text.bytes(of: range)
      return bytes.lowerBound <= offset && offset <= bytes.upperBound ? bytes : nil
    }
  }
}
