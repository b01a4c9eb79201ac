internal import Dataset
package import Diagnostics
package import Options
package import YAML

extension Clean {
  /// Rows with what cannot be: infinite numbers, values outside what is declared, and classes that the
  /// training split does not know.
  package struct Invalid: Options, CleaningStep {
    package static let name = "invalid"
    package static let purpose =
      "Drop, mark or refuse infinite numbers, values out of range and unknown labels."

    package enum Action: String, NamedOption {
      case drop
      case mark
      case error

      package var summary: String {
        switch self {
        case .drop: "Drop the rows."
        case .mark:
          "Make the values missing, for a step on missing values to treat; rows with an unknown label "
            + "are dropped."
        case .error: "Fail, and name the rows."
        }
      }
    }

    package var rows = Action.error
    package var range: [String: [Double]] = [:]
    package var allowed: [String: OneOrMany<String>] = [:]

    package init() {}

    package static let title = "Invalid values"
    package static let shorthand: String? = "rows"

    package static var fields: [Field<Self>] {
      option("rows", \.rows, "What becomes of the rows.")
      option("range", \.range, "The allowed range [low, high] of columns, by name or pattern.")
      option(
        "allowed", \.allowed,
        "The allowed texts of categories and of the target, by name; without them a label is unknown "
          + "that no training row has.")
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

    var namedColumns: [Pattern] { range.keys.sorted().compactMap { Pattern($0) } }

    func fit(_ data: CleaningData) throws -> FittedStep {
      let search = try InvalidValues(
        limits: limits(data), allowed: allowed.mapValues(\.elements), data)
      let found = try search.found()
      if rows == .error, found.rows.values.contains(where: { $0.marked > 0 }) {
        let count = found.rows.values.reduce(0) { $0 + $1.marked }
        throw Diagnostic(
          "\(count) \(count == 1 ? "row has" : "rows have") an invalid value",
          notes: found.listed.map { Note($0) }
            + [Note("'invalid: drop' leaves such rows out, 'invalid: mark' such values")])
      }
      return rows == .mark ? search.marking(found) : search.dropping(found)
    }

    private func limits(
      _ data: CleaningData
    ) throws(Diagnostic) -> [(NumberColumn, ClosedRange<Double>)] {
      let all = try data.columns([]).numbers
      var ranges: [NumberColumn: ClosedRange<Double>] = [:]
      for (name, bounds) in range.sorted(by: { $0.key < $1.key }) {
        guard let pattern = Pattern(name), bounds.count == 2 else { continue }
        for column in try data.columns([pattern]).numbers {
          ranges[column] = bounds[0]...bounds[1]
        }
      }
      let finite = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
      return all.map { ($0, ranges[$0] ?? finite) }
    }
  }
}
