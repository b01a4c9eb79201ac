internal import Dataset
internal import Diagnostics
internal import Network
package import Options
internal import YAML

extension Clean {
  /// Numbers far from the others of their column, by bounds fitted on the training split.
  package enum Outliers: Choice, CleaningStep {
    package static let name = "outliers"
    package static let purpose = "Drop, clip or mark numbers far from the others."

    case zScore(OutlierSettings)
    case iqr(OutlierSettings)
    case mad(OutlierSettings)

    package static let title = "Outliers"

    package static var cases: [Case<Self>] {
      Case(
        "z-score", OutlierSettings.self, Self.zScore,
        "Further from the mean than so many standard deviations, 3 by default.")
      Case(
        "iqr", OutlierSettings.self, Self.iqr,
        "Outside the quartiles by so many of their distances, 1.5 by default (Tukey 1977).")
      Case(
        "mad", OutlierSettings.self, Self.mad,
        "Further from the median than so many scaled median deviations, 3.5 by default.")
    }

    package var payload: (any OptionValue)? { settings }

    var namedColumns: [Pattern] { settings.columns.elements }

    private var settings: OutlierSettings {
      switch self {
      case .zScore(let settings), .iqr(let settings), .mad(let settings): settings
      }
    }

    /// The bounds that a column's values have to keep; nil where they do not vary.
    private func bounds(_ statistics: ColumnStatistics) -> ClosedRange<Double>? {
      let (low, high, spread): (Double, Double, Double)
      switch self {
      case .zScore:
        spread = statistics.deviation * (settings.threshold ?? 3)
        low = statistics.mean
        high = low
      case .iqr:
        (low, high) = (statistics.quantile(0.25), statistics.quantile(0.75))
        spread = (high - low) * (settings.threshold ?? 1.5)
      case .mad:
        let (median, deviation) = statistics.medianDeviation
        spread = deviation * (settings.threshold ?? 3.5)
        (low, high) = (median, median)
      }
      return spread > 0 && spread.isFinite ? (low - spread)...(high + spread) : nil
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      let names = Set(data.features.filter { $0.kind == .numbers }.map(\.name))
      let choice = try data.columns(settings.columns.elements)
      let columns = choice.numbers.filter { names.contains($0.feature) }
      guard !columns.isEmpty else {
        let named = choice.categories.first?.name ?? choice.numbers.first?.name
        throw Diagnostic(
          "there is no number column with outliers",
          remedy: settings.columns.elements.isEmpty || named == nil
            ? "remove the step 'outliers'"
            : "'\(named ?? "")' holds no plain numbers; name columns that do")
      }
      let found = try data.mapTrainingColumns(columns) { statistics in
        let finite = statistics.finite
        return finite.isEmpty ? nil : bounds(finite)
      }
      var limits: [(column: NumberColumn, range: ClosedRange<Double>)] = []
      var constant: [String] = []
      for (column, range) in zip(columns, found) {
        if let range { limits.append((column, range)) } else { constant.append(column.name) }
      }
      return try OutlierRemoval(limits, constant, settings.action).fit(data)
    }
  }
}
