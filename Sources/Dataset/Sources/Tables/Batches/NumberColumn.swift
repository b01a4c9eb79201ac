internal import Diagnostics

/// Cells as numbers, and what is to be said of those that are none or remarkable.
struct NumberColumn: Sendable {
  /// A cell that is more, or other, than its number.
  struct Remark: Hashable, Sendable {
    enum Kind: Sendable {
      /// A text where a number belongs; its number is NaN.
      case text

      /// Infinite, and written so.
      case infinite

      /// Digits of a number that 32 bits do not hold.
      case tooLarge

      /// Digits after a zero at the start, as codes have them; no more than the first few different ones.
      case leadingZero
    }

    var row: Int
    var kind: Kind

    /// The whole field, with the blanks around it.
    var field: [UInt8]
  }

  /// One for each row; NaN where the cell is missing or no number, and where the row is none of the table.
  var values: Numbers

  /// In the order of their rows.
  var remarks: [Remark]
  var facts: NumberFacts
}

extension NumberColumn {
  /// The cells of a column of numbers; NaN is missing.
  ///
  /// - Parameter isRow: Whether a row is one of the table.
  init(
    _ numbers: [Double], where isRow: (Int) -> Bool = { _ in true }
  ) throws(Diagnostic) {
    var remarks: [Remark] = []
    for (row, number) in numbers.enumerated()
    where !number.isNaN && isRow(row) && !Float(number).isFinite {
      remarks.append(
        Remark(
          row: row, kind: number.isInfinite ? .infinite : .tooLarge,
          field: Array("\(number)".utf8)))
    }
    self.init(
      values: Numbers(numbers), remarks: remarks,
      facts: try NumberFacts(numbers.indices.filter(isRow).map { numbers[$0] }))
  }
}
