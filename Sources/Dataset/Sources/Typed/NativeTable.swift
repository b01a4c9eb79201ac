internal import Diagnostics

/// A file whose rows the native library takes apart.
protocol NativeTable {
  /// Calls `body` with the rows in order, some at a time, until it returns false.
  func forEachBatch(
    _ requests: [ColumnRequest], _ readers: [CellReader], _ body: (NativeBatch) throws -> Bool
  ) throws
}

extension TypedTable: NativeTable {}
extension ObjectTable: NativeTable {}

extension TableContents {
  /// Calls `body` with the rows of all files in order, until it returns false.
  ///
  /// - Parameters:
  ///   - tables: The files, in their order.
  ///   - places: Where the rows of a batch stand, of which so many in the file come before.
  ///   - problem: What is wrong with a row of none of the table's, by its code.
  func forEachBatch(
    of tables: [some NativeTable], _ requests: [ColumnRequest], _ readers: [CellReader],
    places: (SourceFile, NativeBatch, _ before: Int) -> RowPlaces,
    problem: (Int) -> String,
    _ body: (TableBatch) throws -> Bool
  ) throws {
    var id: Int64 = 0
    for (index, table) in tables.enumerated() {
      var before = 0
      var isOpen = true
      try table.forEachBatch(requests, readers) { native in
        var batch = TableBatch(
          firstID: id, rows: native.rows, file: index, rowsBefore: before, columns: [],
          misfits: native.misfits.map {
            TableBatch.Misfit(row: $0.row, problem: problem($0.fields))
          },
          places: places(files[index], native, before))
        batch.isLast = native.isLast && index == tables.count - 1
        for place in requests.indices { batch.columns.append(try native.column(place)) }
        id += Int64(native.rows)
        before += native.rows
        isOpen = try body(batch)
        return isOpen
      }
      guard isOpen else { return }
    }
  }
}
