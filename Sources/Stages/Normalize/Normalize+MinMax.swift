package import Diagnostics
package import Options
package import YAML

extension Normalize {
  /// A range that values are brought to.
  package struct MinMax: Options {
    package var range = [0.0, 1.0]
    package var extent = Extent()

    package init() {}

    package static let title = "Range"

    package static var fields: [Field<Self>] {
      option(
        "range", \.range, count: 2...2,
        "Where the least and the greatest value go; what does not vary goes to the first.")
      Extent.fields.map { $0.lifted(to: \.extent) }
    }

    var low: Double { range[0] }
    var high: Double { range[1] }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      guard settings.low >= settings.high else { return settings.extent.problems(node) }
      return [
        Diagnostic(
          "the range from \(settings.low) to \(settings.high) holds no values",
          at: (node["range"] ?? node).range, remedy: "write the smaller end first")
      ]
    }
  }
}
