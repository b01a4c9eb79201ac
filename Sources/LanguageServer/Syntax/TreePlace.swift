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
    guard let found = Self.find(offset, in: outline.tree, [], outline.text) else { return nil }
    self = found
  }

  private init(path: [Step], isKey: Bool, value: Node, range: Range<Int>) {
    self.path = path
    self.isKey = isKey
    self.value = value
    self.range = range
  }

  private static func find(
    _ offset: Int, in node: Node, _ path: [Step], _ text: DocumentText
  ) -> TreePlace? {
    switch node.content {
    case .scalar:
      let range = text.bytes(of: node.range)
      guard range.lowerBound <= offset, offset <= range.upperBound else { return nil }
      return TreePlace(path: path, isKey: false, value: node, range: range)
    case .sequence(let elements):
      return elements.enumerated().lazy.compactMap { index, element in
        find(offset, in: element, path + [.item(index)], text)
      }.first
    case .mapping(let entries):
      for entry in entries {
        let here = path + [.key(entry.key)]
        let range = text.bytes(of: entry.keyRange)
        if range.lowerBound <= offset, offset <= range.upperBound {
          return TreePlace(path: here, isKey: true, value: entry.value, range: range)
        }
        if let found = find(offset, in: entry.value, here, text) { return found }
      }
      return nil
    }
  }
}
