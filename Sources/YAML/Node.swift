package import Diagnostics

/// A piece of a YAML document that knows where it stands in the text.
///
/// Aliases are expanded and merge keys merged; what came from an anchor keeps the anchor's places.
/// All keys are strings, whatever their plain form would resolve to.
package struct Node: Hashable, Sendable {
  package var content: Content
  package var range: SourceRange

  /// Whether a reference stood here that was filled in, so that a list may go on the list around it.
  package var isFilledIn = false

  /// Whether it is a text with references to secrets that are filled in where it is used.
  package var holdsSecrets = false

  package enum Content: Hashable, Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
  }

  /// A key and its value; the keys of a mapping differ from one another.
  package struct Entry: Hashable, Sendable {
    package var key: String
    package var keyRange: SourceRange
    package var value: Node

    package init(key: String, keyRange: SourceRange, value: Node) {
      self.key = key
      self.keyRange = keyRange
      self.value = value
    }
  }

  package init(_ content: Content, at range: SourceRange) {
    self.content = content
    self.range = range
  }
}

extension Node {
  package var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  package var sequence: [Node]? {
    if case .sequence(let nodes) = content { nodes } else { nil }
  }

  /// The elements of a list, with those of lists that references put among them in their place.
  package var spliced: [Node]? {
    sequence.map { $0.flatMap { $0.isFilledIn ? $0.sequence ?? [$0] : [$0] } }
  }

  package var mapping: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// Whether this is a plain `null`, `~` or nothing at all.
  package var isNull: Bool { scalar?.value == .null }

  /// The value under a key; nil where there is none or where this is no mapping.
  package subscript(key: String) -> Node? { entry(key)?.value }

  /// The key and value under a key.
  package func entry(_ key: String) -> Entry? { mapping?.first { $0.key == key } }

  /// The data without its places.
  package var value: Value {
    switch content {
    case .scalar(let scalar): scalar.value
    case .sequence(let nodes): .array(nodes.map(\.value))
    case .mapping(let entries):
      .object(Dictionary(entries.map { ($0.key, $0.value.value) }) { first, _ in first })
    }
  }

  /// How many nodes there are, itself and keys included.
  package var count: Int {
    switch content {
    case .scalar: 1
    case .sequence(let nodes): nodes.reduce(1) { $0 + $1.count }
    case .mapping(let entries): entries.reduce(1) { $0 + 1 + $1.value.count }
    }
  }
}
