extension TableSource {
  /// Different fields beyond so many are not counted.
  static var mostCounted: Int { 10_000 }

  /// How many different fields columns have; one more than are counted stands for any number of them.
  func varieties(of columns: [Int]) throws -> [Int: Int] {
    guard !columns.isEmpty else { return [:] }
    var known = columns.map { _ in Set<ArraySlice<UInt8>>() }
    let requests = columns.map { ColumnRequest($0, as: .codes) }
    try contents.forEachBatch(requests, of: header) { batch in
      for (place, column) in batch.columns.enumerated() {
        guard case .codes(let cells) = column else { continue }
        for entry in cells.entries
        where entry.cell != .missing && known[place].count <= Self.mostCounted {
          known[place].insert(Cell.trimmed(entry.field[...]))
        }
      }
      return true
    }
    return Dictionary(zip(columns, known.map(\.count))) { first, _ in first }
  }
}
