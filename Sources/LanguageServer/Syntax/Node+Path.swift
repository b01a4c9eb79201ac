internal import Diagnostics
internal import YAML

extension Node {
  /// The value that a path leads to.
  func node(at path: some Sequence<Step>) -> Node? {
    var node = self
    for step in path {
      let next: Node?
      switch step {
      case .key(let key): next = node[key]
      case .item(let index):
        next = node.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// Every scalar below, with the path that leads to it.
  func forEachScalar(below path: [Step] = [], _ body: ([Step], Node) -> Void) {
    switch content {
    case .scalar: body(path, self)
    case .sequence(let elements):
      for (index, element) in elements.enumerated() {
        element.forEachScalar(below: path + [.item(index)], body)
      }
    case .mapping(let entries):
      for entry in entries { entry.value.forEachScalar(below: path + [.key(entry.key)], body) }
    }
  }
}

extension Node.Entry {
  /// The place of the key's text without the quotes around it; `nil` where escapes hide it.
  var nameRange: SourceRange? {
    let length = key.unicodeScalars.count
    var range = keyRange
    switch keyRange.length {
    case length: return range
    case length + 2:
      range.start.column += 1
      range.length = max(1, length)
      return range
    default: return nil
    }
  }
}
