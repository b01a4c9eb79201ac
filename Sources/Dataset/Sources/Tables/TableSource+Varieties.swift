extension TableSource {
  /// Different fields beyond so many are not counted.
  static var mostCounted: Int { 10_000 }

  /// After so many rows columns that have more are not looked at any longer.
  private static var rowsAtFirst: Int { 50_000 }

  /// How many different fields columns have; one more than are counted stands for any number of them.
  ///
  /// A set of hashes would be smaller, and two fields would be one now and then.
  func varieties(of columns: [Int]) throws -> [Int: Int] {
    var counts = try varieties(of: columns, rows: Self.rowsAtFirst)
    guard counts.hasMore else { return counts.byColumn }
    let open = columns.filter { counts.byColumn[$0, default: 0] <= Self.mostCounted }
    counts.byColumn.merge(try varieties(of: open, rows: .max).byColumn) { $1 }
    return counts.byColumn
  }

  /// The same of so many rows at first, and whether there are more.
  private func varieties(
    of columns: [Int], rows most: Int
  ) throws -> (byColumn: [Int: Int], hasMore: Bool) {
    guard !columns.isEmpty else { return ([:], false) }
    var known = columns.map { _ in Set<ArraySlice<UInt8>>() }
    var rows = 0
    var hasMore = false
    let requests = columns.map { ColumnRequest($0, as: .codes) }
    try contents.forEachBatch(requests, of: header) { batch in
      hasMore = rows >= most
      guard !hasMore else { return false }
      rows += batch.rows
      for (place, column) in batch.columns.enumerated() {
        guard case .codes(let cells) = column else { continue }
        for entry in cells.entries
        where entry.cell != .missing && known[place].count <= Self.mostCounted {
          known[place].insert(Array(Cell.trimmed(entry.field[...]))[...])
        }
      }
      return true
    }
    return (Dictionary(zip(columns, known.map(\.count))) { first, _ in first }, hasMore)
  }
}
