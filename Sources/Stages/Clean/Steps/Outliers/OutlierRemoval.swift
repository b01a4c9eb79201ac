internal import Dataset
internal import YAML

/// Drops, clips or marks what lies outside fitted bounds.
struct OutlierRemoval {
  typealias Limit = (column: NumberColumn, range: ClosedRange<Double>)

  private let limits: [Limit]
  private let action: Clean.OutlierSettings.Action

  init(_ limits: [Limit], _ action: Clean.OutlierSettings.Action) {
    self.limits = limits
    self.action = action
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    var rows: [SplitName: Set<Int64>] = [:]
    var counts: [SplitName: Int] = [:]
    for split in data.splits {
      rows[split] = []
      counts[split] = 0
      try data.forEachBlock(in: split) { block in
        for limit in limits {
          for (row, value) in zip(block.rows, limit.column.values(in: block)) {
            guard !value.isNaN, !limit.range.contains(Double(value)) else { continue }
            counts[split, default: 0] += 1
            rows[split]?.insert(row)
          }
        }
      }
    }
    let found: Value = ["found": Value(perSplit: counts), "bounds": bounds]
    if action == .drop {
      let dropped: Value = ["dropped": Value(perSplit: rows.mapValues(\.count))]
      return .dropping(rows, metrics: found.merging(dropped))
    }
    return limiting(counts, metrics: found)
  }

  /// Changes values in place; a mark is a missing value.
  private func limiting(_ counts: [SplitName: Int], metrics: Value) -> FittedStep {
    var lows: [String: [Float]] = [:]
    var highs: [String: [Float]] = [:]
    for (column, range) in limits {
      let endless = [Float](repeating: .infinity, count: column.width)
      lows[column.feature, default: endless.map { -$0 }][column.element] = Float(range.lowerBound)
      highs[column.feature, default: endless][column.element] = Float(range.upperBound)
    }
    let step = LimitRange(low: lows, high: highs, marks: action == .mark)
    var fitted = FittedStep(metrics: metrics)
    fitted.changed = Set(counts.filter { $0.value > 0 }.keys)
    fitted.apply = { step.apply(to: $0) }
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
