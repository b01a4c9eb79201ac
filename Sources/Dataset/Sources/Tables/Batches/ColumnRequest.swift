/// A column of a table that is wanted, and in which form.
struct ColumnRequest: Hashable, Sendable {
  /// How the cells of a column are handed over.
  enum Form: Sendable {
    /// As numbers, with what is said of cells that are none: for columns that hold numbers.
    case numbers

    /// As the places of their texts in a list of the batch's different ones: for texts that repeat
    /// themselves, for whose each a thing is done once.
    case codes

    /// As their bytes, one by one.
    case texts
  }

  /// The column's place in the header.
  var column: Int
  var form: Form

  init(_ column: Int, as form: Form) {
    self.column = column
    self.form = form
  }
}
