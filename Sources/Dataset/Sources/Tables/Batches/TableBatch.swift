internal import Diagnostics

/// Some rows of a table that follow one another in one file, column by column.
struct TableBatch: Sendable {
  /// A row that is none of the table, such as one that lacks fields.
  struct Misfit: Hashable, Sendable {
    var row: Int
    var problem: String
  }

  /// The id of the first row. Ids count every row of every file, so that they do not depend on which are bad.
  var firstID: Int64
  var rows: Int

  /// The place of its file in the list of files.
  var file: Int

  /// Whether each row is a file of its own, the first that of `file`.
  var hasFileForEachRow = false

  /// How many rows of the file come before.
  var rowsBefore: Int

  /// The columns that were asked for, in the order of the requests.
  var columns: [RawColumn]

  /// Ascending; such rows have no cells in the columns, but for what texts there are.
  var misfits: [Misfit] = []

  /// Whether it is known that no batch follows.
  var isLast = false

  /// Where rows stand.
  var places: RowPlaces

  /// The place of a row's file in the list of files.
  func file(of row: Int) -> Int { hasFileForEachRow ? file + row : file }

  func id(of row: Int) -> Int64 { firstID + Int64(row) }

  /// The place of a row, for messages.
  func place(of row: Int) -> SourceRange { places.range(of: row) }
}
