internal import Dataset
internal import YAML

/// Drops rows in which a value is missing.
struct MissingRows {
  private let columns: ColumnChoice

  init(_ columns: ColumnChoice) {
    self.columns = columns
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    var dropped: [SplitName: RowMask] = [:]
    var lacking = ColumnTally()
    for split in data.splits {
      var mask = RowMask()
      try data.forEachBlock(in: split) { block in
        var isMissing = [Bool](repeating: false, count: block.count)
        for column in columns.numbers {
          let values = column.values(in: block)
          lacking.add(values.count(where: \.isNaN), of: column.name, in: split)
          for (place, value) in values.enumerated() where value.isNaN { isMissing[place] = true }
        }
        for feature in columns.categories {
          guard case .int32(let codes) = block.features[feature.name] else { continue }
          lacking.add(codes.count { $0 < 0 }, of: feature.name, in: split)
          for (place, code) in codes.enumerated() where code < 0 { isMissing[place] = true }
        }
        for isDropped in isMissing { mask.append(isDropped) }
      }
      dropped[split] = mask
    }
    return .dropping(
      dropped, metrics: ["dropped": Value(perSplit: dropped), "columns": lacking.value])
  }
}
