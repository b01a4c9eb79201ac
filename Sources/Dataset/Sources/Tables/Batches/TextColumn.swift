/// Cells as they stand in the file, unquoted and with the blanks around them.
struct TextColumn: Sendable {
  /// All fields, one behind the other.
  var bytes: [UInt8] = []

  /// Where each field ends.
  var ends: [Int] = []

  var count: Int { ends.count }

  /// The bytes of a row's field.
  subscript(row: Int) -> ArraySlice<UInt8> { bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]] }

  /// The text of a row's field; nil where the bytes are no UTF-8 or hold a zero.
  func text(_ row: Int) -> String? {
    let field = self[row]
    return field.contains(0) ? nil : String(validating: field, as: UTF8.self)
  }

  mutating func append(_ field: some Collection<UInt8>) {
    bytes += field
    ends.append(bytes.count)
  }
}
