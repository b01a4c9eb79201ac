package import Diagnostics
package import Options
package import YAML

extension Normalize {
  /// What all methods have in common, and all that some have to say.
  package struct Extent: Options {
    package var per = Scope.channel
    package var outOfRange = Beyond.keep
    package var columns: OneOrMany<Pattern> = []
    package var isMaterialized = false

    package init() {}

    package static let title = "Scale"

    package static var fields: [Field<Self>] {
      option("per", \.per, "What shares a scale.")
      limits
      places
    }

    /// What becomes of values that nothing was fitted to.
    @FieldsBuilder<Self> static var limits: [Field<Self>] {
      option("out-of-range", \.outOfRange, "What becomes of values beyond the training split's.")
    }

    /// What is normalised, and when.
    @FieldsBuilder<Self> static var places: [Field<Self>] {
      option(
        "columns", \.columns,
        "Patterns of the columns and features that the method is for; all that no other is for by default."
      )
      option(
        "materialize", \.isMaterialized,
        "Write the rows normalised, as 32-bit numbers, instead of doing it batch by batch.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      settings.problems(node)
    }
  }
}

extension Normalize.Extent {
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
