internal import Dataset
package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// What becomes of missing values: NaN among numbers, no code among categories.
  package struct Missing: Options, CleaningStep {
    static let name = "missing"

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

    func fit(_ data: CleaningData) throws -> FittedStep {
      let columns = try ColumnChoice(self.columns.elements, of: data.features)
      if let interpolate {
        return try SequenceFill(.init(interpolate), columns.numbers, []).fit(data)
      }
      switch fill {
      case .forward: return try SequenceFill(.forward, columns.numbers, columns.categories).fit(data)
      case .backward:
        return try SequenceFill(.backward, columns.numbers, columns.categories).fit(data)
      case .some(let filling):
        return try ValueFill(filling, columns, isNamed: !self.columns.elements.isEmpty).fit(data)
      case nil: return try MissingRows(columns).fit(data)
      }
    }
  }

  /// What becomes of rows that are found.
  package enum Dropping: String, NamedOption {
    case drop

    package var summary: String { "Drop the rows." }
  }

  /// What stands in for a missing value.
  package enum Filling: Choice {
    case mean
    case median
    case mode
    case forward
    case backward
    case constant(Constant)

    package static let title = "Filling"
    package static let shorthand: String? = "constant"

    package static var cases: [Case<Self>] {
      Case("mean", .mean, "The mean of the column in the training split.")
      Case("median", .median, "The median of the column in the training split.")
      Case("mode", .mode, "The most frequent value in the training split, the least of several.")
      Case("forward", .forward, "The last value before, within the split.")
      Case("backward", .backward, "The next value after, within the split.")
      Case(
        "constant", Constant.self, { .constant($0) },
        { if case .constant(let constant) = $0 { constant } else { nil } }, "A value of your own.")
    }
  }

  /// A number for number columns, or a text for categories.
  package enum Constant: OptionValue, Hashable {
    case number(Double)
    case text(String)

    package static var schema: Schema { .either([Double.schema, String.schema]) }

    package var value: Value {
      switch self {
      case .number(let number): .double(number)
      case .text(let text): .string(text)
      }
    }

    package static func decode(_ node: Node, into problems: inout Diagnostics) -> Constant? {
      if node.scalar?.value.string != nil {
        return String.decode(node, into: &problems).map { .text($0) }
      }
      return Double.decode(node, into: &problems).map { .number($0) }
    }
  }

  /// How values between known ones are found.
  package enum Interpolation: String, NamedOption {
    case linear
    case nearest

    package var summary: String {
      switch self {
      case .linear: "On the line between the nearest known values; at the ends, the nearest one."
      case .nearest: "The nearest known value, the earlier of two."
      }
    }
  }
}
