internal import YAML

extension Value {
  /// The value with the pictures of zero characters in their place.
  ///
  /// Metrics stand in a lock file, which is YAML that people and programs read again, and no text of those
  /// may hold one.
  var withoutZeros: Value {
    switch self {
    case .string(let text): .string(text.withoutZeros)
    case .array(let elements): .array(elements.map(\.withoutZeros))
    case .object(let members):
      .object(
        Dictionary(members.map { ($0.key.withoutZeros, $0.value.withoutZeros) }) { first, _ in first
        })
    case .null, .bool, .int, .double: self
    }
  }
}

extension String {
  fileprivate var withoutZeros: String {
    utf8.contains(0) ? String(map { $0 == "\0" ? "\u{2400}" : $0 }) : self
  }
}
