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
    package var along: Along?
    package var group: Pattern?
    package var columns: OneOrMany<Pattern> = []
    package var sentinels: OneOrMany<Constant> = []
    package var indicator = false

    package init() {}

    package static let title = "Missing values"
    package static let summary = "Give one of 'rows', 'fill' and 'interpolate'."
    package static let shorthand: String? = "rows"

    package static var fields: [Field<Self>] {
      option("rows", \.rows, "Drop the rows in which a value is missing.")
      option("fill", \.fill, "Put a value in, fitted on the training split.")
      option("interpolate", \.interpolate, "Put in what the values around suggest.")
      option(
        "along", \.along,
        "Along what to interpolate; images along `columns`, all else along `rows` by default.")
      option(
        "group", \.group,
        "The column whose equal values make rows one sequence, for what goes along rows.")
      option("columns", \.columns, "The columns to look at; all by default.")
      option(
        "sentinels", \.sentinels,
        "Values that stand for a missing one, such as -999 or `unknown`, in these columns.")
      option(
        "indicator", \.indicator,
        "Add a feature that says with 0 and 1 which of the number columns' values were missing.")
    }

    package static let rules: [Rule] = [.exactlyOne(of: ["rows", "fill", "interpolate"])]

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      let given =
        [settings.rows != nil, settings.fill != nil, settings.interpolate != nil].count { $0 }
      guard given == 1 else {
        return [
          Diagnostic(
            given == 0
              ? "it is not said what becomes of missing values"
              : "missing values cannot be treated in \(given) ways",
            at: node.range, remedy: "write 'missing: drop' or one of 'fill' and 'interpolate'")
        ]
      }
      func place(_ key: String) -> SourceRange { (node[key] ?? node).range }
      var problems: [Diagnostic] = []
      if settings.indicator, settings.rows != nil {
        problems.append(
          Diagnostic(
            "there is nothing to indicate where the rows are dropped", at: place("indicator"),
            remedy: "use 'indicator' with 'fill' or 'interpolate'"))
      }
      if settings.along != nil, settings.interpolate == nil {
        problems.append(
          Diagnostic(
            "'along' says how to interpolate, and nothing is interpolated", at: place("along"),
            remedy: "remove it, or write 'interpolate: linear'"))
      }
      if settings.group != nil, !settings.goesAlongRows {
        problems.append(
          Diagnostic(
            "'group' is for what goes along rows", at: place("group"),
            remedy: "remove it, or fill 'forward', 'backward' or by interpolating along rows"))
      }
      return problems
    }

    private var goesAlongRows: Bool {
      fill == .forward || fill == .backward || (interpolate != nil && along != .columns)
    }

    var namedColumns: [Pattern] { columns.elements + (group.map { [$0] } ?? []) }

    func fit(_ data: CleaningData) throws -> FittedStep {
      let columns = try data.columns(self.columns.elements)
      var data = data
      var steps: [FittedStep] = []
      func add(_ step: FittedStep) {
        steps.append(step)
        data.append(step)
      }
      if !sentinels.elements.isEmpty {
        add(try SentinelMarks(sentinels.elements, columns).fit(data))
      }
      if indicator { add(try MissingIndicator(columns.numbers).fit(data)) }
      steps.append(try treatment(columns, data))
      return steps.dropFirst().reduce(steps[0]) { $0.followed(by: $1) }
    }

    private func treatment(_ columns: ColumnChoice, _ data: CleaningData) throws -> FittedStep {
      if let interpolate {
        return try InterpolatedGaps(interpolate.rule, along, columns, group).fit(data)
      }
      switch fill {
      case .forward, .backward:
        let rule: GapRule = fill == .forward ? .forward : .backward
        return try SequenceFill(rule, columns, group).fit(data)
      case .some(let filling):
        return try ValueFill(filling, columns, isNamed: !self.columns.elements.isEmpty).fit(data)
      case nil: return try MissingRows(columns).fit(data)
      }
    }
  }
}
