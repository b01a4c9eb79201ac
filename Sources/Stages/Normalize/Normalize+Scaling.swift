package import Diagnostics
package import Options
package import YAML

extension Normalize {
  /// A scale that has no settings of its own.
  package struct Scaling: Options {
    package var per = Scope.channel
    package var outOfRange = Beyond.keep
    package var columns: OneOrMany<Pattern> = []
    package var isMaterialized = false

    package init() {}

    package static let title = "Scale"

    package static var fields: [Field<Self>] {
      option("per", \.per, "What shares a scale.")
      option("out-of-range", \.outOfRange, "What becomes of values beyond the training split's.")
      option("columns", \.columns, Extent.columnsHelp)
      option("materialize", \.isMaterialized, Extent.materializeHelp)
    }

    var extent: Extent {
      Extent(
        per: per, outOfRange: outOfRange, columns: columns, isMaterialized: isMaterialized)
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      settings.extent.problems(node)
    }
  }
}

extension Normalize.Extent {
  static let columnsHelp =
    "Patterns of the columns and features that the method is for; all that no other is for by default."
  static let materializeHelp =
    "Write the rows normalised, as 32-bit numbers, instead of doing it batch by batch."

  /// Refuses to hold values within what nothing was fitted to.
  func problems(_ node: Node) -> [Diagnostic] {
    guard per == .sample, outOfRange == .clip else { return [] }
    return [
      Diagnostic(
        "each row has a scale of its own, which no value is out of",
        at: (node["out-of-range"] ?? node).range, remedy: "leave 'out-of-range' out")
    ]
  }
}
