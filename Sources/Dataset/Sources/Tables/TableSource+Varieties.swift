extension TableSource {
  /// Different fields beyond so many are not counted.
  static var mostCounted: Int { 10_000 }

  /// How many different fields columns have; one more than are counted stands for any number of them.
  ///
  /// A set of hashes would be smaller, and two fields would be one now and then.
  func varieties(of columns: [Int]) throws -> [Int: Int] {
    guard !columns.isEmpty else { return [:] }
    var known = columns.map { _ in Set<ArraySlice<UInt8>>() }
    let readers = rows.format.readers(of: header)
    var ignored = BadRows(.skip)
    try rows.forEach(columns: header.names.count, &ignored) { record, _, _, _, _ in
      for (place, column) in columns.enumerated() where known[place].count <= Self.mostCounted {
        let field = record[column]
        guard readers[column].cell(field) != .missing else { continue }
        known[place].insert(Array(Cell.trimmed(field))[...])
      }
    }
    return Dictionary(zip(columns, known.map(\.count))) { first, _ in first }
  }
}
