internal import Dataset
internal import Diagnostics
internal import Options
internal import YAML

/// Fills a missing value from the rows before and after it in its split.
struct SequenceFill {
  private let rule: GapRule
  private let columns: ColumnChoice
  private let group: Pattern?

  init(_ rule: GapRule, _ columns: ColumnChoice, _ group: Pattern?) {
    self.rule = rule
    self.columns = columns
    self.group = group
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    let rule = rule
    let series = try RowSeries(columns.numbers, columns.categories, group: group, of: data)
    let result = try series.changed { values in
      var values = values
      rule.fill(&values)
      return values
    }
    var step = FittedStep(
      metrics: [
        "filled": result.filled.totals(data.splits), "left": result.left.totals(data.splits),
        "columns": result.filled.value,
      ])
    step.changed = result.filled.splits
    step.pass = result.pass
    if !result.filled.splits.isEmpty { step.warnings = result.warnings }
    try fitNewRows(data, &step)
    return step
  }

  /// New rows come one by one: they get the training split's medians and most frequent categories.
  private func fitNewRows(_ data: CleaningData, _ step: inout FittedStep) throws {
    let medians = try data.mapTrainingColumns(columns.numbers) { statistics in
      statistics.isEmpty ? Float.nan : Float(statistics.quantile(0.5))
    }
    let codes = try data.mostFrequentCodes(columns.categories)
    let numbers = Dictionary(zip(columns.numbers, medians)) { first, _ in first }
    let known = numbers.filter { !$0.value.isNaN }
    let fill = FillMissing(
      numbers: known, codes: codes,
      remark: "A missing value of a new row, which has no neighbours, gets the training split's "
        + "median or most frequent category.")
    step.applied = [fill]
    step.metrics["new-rows"] = fill.listing(known, codes, data.features)
  }
}
