/// Cells as the places of their texts in a list of different ones.
struct CodeColumn: Sendable {
  /// One of the different fields of a batch.
  struct Entry: Hashable, Sendable {
    /// The whole field, with the blanks around it.
    var field: [UInt8]
    var cell: Cell

    /// How many rows have it, and the first of them.
    var count: Int
    var firstRow: Int

    /// The text; nil where the bytes are no UTF-8 or hold a zero.
    var text: String? {
      field.contains(0) ? nil : String(validating: field, as: UTF8.self)?.trimmingBlanks
    }
  }

  /// For each row the place of its field among the entries; -1 where the row is none of the table.
  var codes: [Int32]

  /// In the order of their first rows.
  var entries: [Entry]
  var facts: NumberFacts
}
