internal import Dataset
internal import YAML

/// Drops, clips or marks what lies outside fitted bounds.
struct OutlierRemoval {
  typealias Limit = (column: NumberColumn, range: ClosedRange<Double>)

  private let limits: [Limit]

  /// Columns without bounds, because too many of their values are equal.
  private let constant: [String]
  private let action: Clean.OutlierSettings.Action

  init(_ limits: [Limit], _ constant: [String], _ action: Clean.OutlierSettings.Action) {
    self.limits = limits
    self.constant = constant
    self.action = action
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    var rows: [SplitName: RowMask] = [:]
    var found = ColumnTally()
    for split in data.splits {
      var mask = RowMask()
      try data.forEachBlock(in: split) { block in
        var isFar = [Bool](repeating: false, count: block.count)
        for limit in limits {
          for (place, value) in limit.column.values(in: block).enumerated() {
            guard !value.isNaN, !limit.range.contains(Double(value)) else { continue }
            found.add(1, of: limit.column.name, in: split)
            isFar[place] = true
          }
        }
        for isOutlier in isFar { mask.append(isOutlier) }
      }
      rows[split] = mask
    }
    let metrics: Value = [
      "found": found.totals(data.splits), "columns": found.value, "bounds": bounds,
      "constant": .array(constant.prefix(100).map(Value.string)),
    ]
    if action == .drop {
      return .dropping(rows, metrics: metrics.merging(["dropped": Value(perSplit: rows)]))
    }
    return limiting(found.splits, metrics: metrics)
  }

  /// Changes values in place; a mark is a missing value.
  private func limiting(_ splits: Set<SplitName>, metrics: Value) -> FittedStep {
    var lows: [String: [Float]] = [:]
    var highs: [String: [Float]] = [:]
    for (column, range) in limits {
      let endless = [Float](repeating: .infinity, count: column.width)
      lows[column.feature, default: endless.map { -$0 }][column.element] = Float(range.lowerBound)
      highs[column.feature, default: endless][column.element] = Float(range.upperBound)
    }
    let step = LimitRange(low: lows, high: highs, marks: action == .mark)
    var fitted = FittedStep(metrics: metrics, changing: splits) { step.apply(to: $0) }
    fitted.applied = [step]
    return fitted
  }

  private var bounds: Value {
    .object(
      Dictionary(
        limits.map { limit in
          let bounds: Value = [.double(limit.range.lowerBound), .double(limit.range.upperBound)]
          return (limit.column.name, bounds)
        }
      ) { first, _ in first })
  }
}
