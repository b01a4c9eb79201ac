internal import Dataset
package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// What becomes of missing values: NaN among numbers, no code among categories.
  package struct Missing: Options, CleaningStep {
    package static let name = "missing"
    package static let purpose = "Fill, interpolate or drop what is missing."

    package var rows: Dropping?
    package var fill: Filling?
    package var interpolate: Interpolation?
    package var columns: OneOrMany<Pattern> = []

    package init() {}

    package static let title = "Missing values"
    package static let summary = "Give one of 'rows', 'fill' and 'interpolate'."
    package static let shorthand: String? = "rows"

    package static var fields: [Field<Self>] {
      option("rows", \.rows, "Drop the rows in which a value is missing.")
      option("fill", \.fill, "Put a value in, fitted on the training split.")
      option(
        "interpolate", \.interpolate,
        "Put in what the rows before and after suggest, for rows whose order means something.")
      option("columns", \.columns, "The columns to look at; all by default.")
    }

    package static let rules: [Rule] = [.exactlyOne(of: ["rows", "fill", "interpolate"])]

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let given =
        [settings.rows != nil, settings.fill != nil, settings.interpolate != nil].count { $0 }
      guard given != 1 else { return [] }
      return [
        Diagnostic(
          given == 0
            ? "it is not said what becomes of missing values"
            : "missing values cannot be treated in \(given) ways",
          at: node.range, remedy: "write 'missing: drop' or one of 'fill' and 'interpolate'")
      ]
    }

    var namedColumns: [Pattern] { columns.elements }

    func fit(_ data: CleaningData) throws -> FittedStep {
      let columns = try ColumnChoice(self.columns.elements, of: data.features)
      func sequenceFill(_ rule: SequenceFill.Rule) -> SequenceFill {
        SequenceFill(rule, columns.numbers, columns.categories)
      }
      if let interpolate {
        return try SequenceFill(.init(interpolate), columns.numbers, []).fit(data)
      }
      switch fill {
      case .forward: return try sequenceFill(.forward).fit(data)
      case .backward: return try sequenceFill(.backward).fit(data)
      case .some(let filling):
        return try ValueFill(filling, columns, isNamed: !self.columns.elements.isEmpty).fit(data)
      case nil: return try MissingRows(columns).fit(data)
      }
    }
  }
}
