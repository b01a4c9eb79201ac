package import Diagnostics

extension Node {
  /// Turns data back into a tree, every part of it at the same place and members by key.
  package init(value: Value, at range: SourceRange) {
    switch value {
    case .null: self.init(.scalar(Scalar("null")), at: range)
    case .bool(let bool): self.init(.scalar(Scalar(bool ? "true" : "false")), at: range)
    case .int(let int): self.init(.scalar(Scalar(String(int))), at: range)
    case .double(let double): self.init(.scalar(Scalar(Self.text(double))), at: range)
    case .string(let string):
      self.init(.scalar(Scalar(string, style: .doubleQuoted)), at: range)
    case .array(let elements):
      self.init(.sequence(elements.map { Node(value: $0, at: range) }), at: range)
    case .object(let members):
      let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
      self.init(
        .mapping(
          sorted.map {
            Entry(key: $0.key, keyRange: range, value: Node(value: $0.value, at: range))
          }), at: range)
    }
  }

  private static func text(_ double: Double) -> String {
    if double.isNaN { return ".nan" }
    if double.isInfinite { return double < 0 ? "-.inf" : ".inf" }
    return double.description
  }

  /// A mapping whose keys keep the given order, for writing.
  package init(ordered pairs: KeyValuePairs<String, Value>) {
    self.init(ordered: pairs.map { ($0.key, Node(value: $0.value, at: .nowhere)) })
  }

  /// A mapping of nodes whose keys keep the given order, for writing.
  package init(ordered pairs: [(key: String, value: Node)]) {
    let entries = pairs.map { Entry(key: $0.key, keyRange: .nowhere, value: $0.value) }
    self.init(.mapping(entries), at: .nowhere)
  }

  /// A value for writing, which has no place.
  package init(_ value: Value) {
    self.init(value: value, at: .nowhere)
  }
}

extension SourceRange {
  fileprivate static let nowhere = SourceRange(file: "<generated>", line: 1, column: 1)
}
