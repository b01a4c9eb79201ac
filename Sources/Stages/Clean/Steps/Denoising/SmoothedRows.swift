internal import Dataset
internal import Diagnostics
internal import Network
internal import Options
internal import YAML

/// Takes noise out of number columns along the rows of each split.
struct SmoothedRows {
  private let filter: SeriesFilter
  private let columns: [Pattern]
  private let group: Pattern?

  /// The settings as written.
  private let value: Value

  init(_ filter: SeriesFilter, _ columns: [Pattern], _ group: Pattern?, _ value: Value) {
    self.filter = filter
    self.columns = columns
    self.group = group
    self.value = value
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    let names = Set(data.features.filter { $0.kind == .numbers }.map(\.name))
    let choice = try data.columns(columns)
    let columns = choice.numbers.filter { names.contains($0.feature) }
    guard !columns.isEmpty else {
      throw Diagnostic(
        "there is no number column to take noise out of",
        remedy: choice.categories.isEmpty && choice.numbers.isEmpty
          ? "remove the step 'denoise'" : "name columns that hold plain numbers")
    }
    if case .savitzkyGolay = filter { try refuseMissing(columns, data) }
    let filter = filter
    let result = try RowSeries(columns, [], group: group, of: data).changed(filter.apply)
    let step = SmoothSeries(filter: value, columns: columns.map(\.name))
    var fitted = FittedStep(
      metrics: [
        "rows": Value(perSplit: result.rows), "columns": .int(columns.count),
        "new-rows": "unchanged",
      ])
    fitted.changed = Set(data.splits)
    fitted.pass = result.pass
    fitted.applied = [step]
    fitted.warnings = result.warnings
    return fitted
  }

  private func refuseMissing(_ columns: [NumberColumn], _ data: CleaningData) throws {
    for split in data.splits {
      try data.forEachBlock(in: split) { block in
        guard let column = columns.first(where: { $0.values(in: block).contains { !$0.isFinite } })
        else { return }
        throw Diagnostic(
          "'\(column.name)' lacks values in the split '\(split.rawValue)', and no polynomial goes "
            + "through what is missing or infinite",
          remedy: "put a step 'missing' with 'interpolate' before")
      }
    }
  }
}
