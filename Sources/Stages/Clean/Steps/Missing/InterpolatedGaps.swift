internal import Dataset
internal import Diagnostics
internal import Network
internal import Options
internal import YAML

/// Fills what is missing from the values around it: those of other rows, or those of the same row.
struct InterpolatedGaps {
  private let rule: GapRule
  private let along: Clean.Along?
  private let columns: ColumnChoice
  private let group: Pattern?

  init(_ rule: GapRule, _ along: Clean.Along?, _ columns: ColumnChoice, _ group: Pattern?) {
    self.rule = rule
    self.along = along
    self.columns = columns
    self.group = group
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    let images = Set(data.features.filter { $0.kind == .image }.map(\.name))
    let within = columns.numbers.filter { column in
      along.map { $0 == .columns } ?? images.contains(column.feature)
    }
    let across = columns.numbers.filter { !within.contains($0) }
    if within.isEmpty || !across.isEmpty {
      let rest = ColumnChoice(numbers: across, categories: [])
      let first = try SequenceFill(rule, rest, group).fit(data)
      if within.isEmpty { return first }
      var data = data
      data.append(first)
      let second = try withinRows(within, data)
      return first.followed(by: second.adding(counts: first.metrics))
    }
    return try withinRows(within, data)
  }

  private func withinRows(_ columns: [NumberColumn], _ data: CleaningData) throws -> FittedStep {
    let names = Set(columns.map(\.feature))
    let features = data.features.filter { names.contains($0.name) }
    for feature in features
    where columns.count(where: { $0.feature == feature.name }) != feature.width {
      throw Diagnostic(
        "values are interpolated within all columns of '\(feature.name)' or none",
        remedy: "make the neighbouring columns a feature of their own where the data is loaded")
    }
    let step = InterpolateRow(
      rule: rule, shapes: Dictionary(features.map { ($0.name, $0.shape) }) { first, _ in first })
    var filled = ColumnTally()
    var left = ColumnTally()
    for split in data.splits {
      try data.forEachBlock(in: split) { block in
        let after = step.apply(to: block)
        for column in columns {
          let lacking = column.values(in: block).count(where: \.isNaN)
          guard lacking > 0 else { continue }
          let still = column.values(in: after).count(where: \.isNaN)
          filled.add(lacking - still, of: column.name, in: split)
          left.add(still, of: column.name, in: split)
        }
      }
    }
    var fitted = FittedStep(
      metrics: [
        "filled": filled.totals(data.splits), "left": left.totals(data.splits),
        "columns": filled.value,
      ], changing: filled.splits
    ) { step.apply(to: $0) }
    fitted.applied = [step]
    return fitted
  }
}

extension FittedStep {
  /// The same with the counts by split and column of a step before added to its own.
  fileprivate func adding(counts: Value) -> FittedStep {
    var copy = self
    for key in ["filled", "left", "columns"] {
      copy.metrics[key] = (metrics[key] ?? [:]).adding(counts[key] ?? [:])
    }
    return copy
  }
}

extension Value {
  /// The sum of whole numbers by path.
  fileprivate func adding(_ other: Value) -> Value {
    switch (self, other) {
    case (.object(let own), .object(let more)): .object(own.merging(more) { $0.adding($1) })
    case (.int(let own), .int(let more)): .int(own + more)
    default: self
    }
  }
}
