internal import YAML

/// A value as SQLite keeps it.
enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int)
  case real(Double)
  case text(String)
}

extension SQLValue {
  /// JSON text, which SQLite's own functions can look into.
  static func json(_ value: Value) -> SQLValue { .text(value.canonicalJSON) }

  static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }

  static func optional(_ number: Double?) -> SQLValue { number.map { .real($0) } ?? .null }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .integer(number) }
}
