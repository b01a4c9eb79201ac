internal import Dataset
internal import YAML

/// Drops rows in which a value is missing.
struct MissingRows {
  private let columns: ColumnChoice

  init(_ columns: ColumnChoice) {
    self.columns = columns
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    var dropped: [SplitName: Set<Int64>] = [:]
    for split in data.splits {
      var rows: Set<Int64> = []
      try data.forEachBlock(in: split) { block in
        for column in columns.numbers {
          for (row, value) in zip(block.rows, column.values(in: block)) where value.isNaN {
            rows.insert(row)
          }
        }
        for feature in columns.categories {
          guard case .int32(let codes) = block.features[feature.name] else { continue }
          for (row, code) in zip(block.rows, codes) where code < 0 { rows.insert(row) }
        }
      }
      dropped[split] = rows
    }
    return .dropping(dropped, metrics: ["dropped": Value(perSplit: dropped.mapValues(\.count))])
  }
}
