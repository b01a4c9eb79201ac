internal import Dataset
package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// Rows with numbers that cannot be: infinite ones, and those outside a declared range.
  package struct Invalid: Options, CleaningStep {
    package static let name = "invalid"
    package static let purpose =
      "Drop or refuse rows with infinite numbers or numbers out of range."

    package enum Action: String, NamedOption {
      case drop
      case error

      package var summary: String {
        switch self {
        case .drop: "Drop the rows."
        case .error: "Fail, and name the rows."
        }
      }
    }

    package var rows = Action.error
    package var range: [String: [Double]] = [:]

    package init() {}

    package static let title = "Invalid values"
    package static let shorthand: String? = "rows"

    package static var fields: [Field<Self>] {
      option("rows", \.rows, "What becomes of the rows.")
      option("range", \.range, "The allowed range [low, high] of columns, by name or pattern.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      settings.range.sorted { $0.key < $1.key }.compactMap { name, bounds in
        let place = node["range"]?[name] ?? node
        if Pattern(name) == nil {
          return Diagnostic("'\(name)' is no pattern", at: place.range)
        }
        guard bounds.count != 2 || bounds[0] > bounds[1] else { return nil }
        return Diagnostic(
          "'\(name)' has no range", at: place.range,
          remedy: "write the least and the greatest allowed value, for example [0, 150]")
      }
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      let limits = try limits(data.features)
      var rows: [SplitName: Set<Int64>] = [:]
      var listed: [Note] = []
      for split in data.splits {
        rows[split] = []
        try data.forEachBlock(in: split) { block in
          for (column, range) in limits {
            for (row, value) in zip(block.rows, column.values(in: block)) {
              if value.isNaN || (value.isFinite && range.contains(Double(value))) { continue }
              rows[split]?.insert(row)
              if listed.count < 10 {
                listed.append(Note("row \(row) of the source has \(value) in '\(column.name)'"))
              }
            }
          }
        }
      }
      let count = rows.values.reduce(0) { $0 + $1.count }
      if self.rows == .error, count > 0 {
        throw Diagnostic(
          "\(count) \(count == 1 ? "row has" : "rows have") an invalid value",
          notes: listed + [Note("'invalid: drop' leaves such rows out")])
      }
      return .dropping(rows, metrics: ["dropped": Value(perSplit: rows.mapValues(\.count))])
    }

    private func limits(
      _ features: [Feature]
    ) throws(Diagnostic) -> [(NumberColumn, ClosedRange<Double>)] {
      let all = try ColumnChoice([], of: features).numbers
      var ranges: [NumberColumn: ClosedRange<Double>] = [:]
      for (name, bounds) in range.sorted(by: { $0.key < $1.key }) {
        guard let pattern = Pattern(name), bounds.count == 2 else { continue }
        for column in try ColumnChoice([pattern], of: features).numbers {
          ranges[column] = bounds[0]...bounds[1]
        }
      }
      let finite = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
      return all.map { ($0, ranges[$0] ?? finite) }
    }
  }
}
