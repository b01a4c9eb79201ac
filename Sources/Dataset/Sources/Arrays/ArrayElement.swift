/// What one element of a stored array is.
struct ArrayElement: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case bool
    case unsigned
    case signed
    case float
    /// The upper half of a `float32`.
    case brainFloat
    /// Text in bytes that zeros fill up.
    case bytes
    /// Text in UTF-32 that zeros fill up.
    case characters
  }

  var kind: Kind

  /// Bytes of one element.
  var size: Int
  var isBigEndian = false

  var isText: Bool { kind == .bytes || kind == .characters }
  var isInteger: Bool { kind == .unsigned || kind == .signed }

  /// Whether every value is a whole number from 0 to 255 as it is stored.
  var isByte: Bool { kind == .bool || (kind == .unsigned && size == 1) }

  /// What messages call it.
  var noun: String {
    switch kind {
    case .bool: "bool"
    case .unsigned: "uint\(8 * size)"
    case .signed: "int\(8 * size)"
    case .float: "float\(8 * size)"
    case .brainFloat: "bfloat16"
    case .bytes, .characters: "text"
    }
  }
}
