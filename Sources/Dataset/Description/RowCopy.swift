/// The id of a changed copy of a row, which no other row has.
package struct RowCopy: Hashable, Sendable {
  package let row: Int64

  /// The number of the copy, from 1; 0 is the row itself.
  package let copy: Int

  /// No source has so many rows.
  private static let bits = 44

  package init(row: Int64, copy: Int) {
    self.row = row
    self.copy = copy
  }

  package init(id: Int64) {
    row = id & ((1 << Self.bits) - 1)
    copy = Int(id >> Self.bits)
  }

  package var id: Int64 { row | Int64(copy) << Self.bits }
}
