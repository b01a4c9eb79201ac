package import Diagnostics
package import Options
package import YAML

extension Normalize {
  /// A division by a norm.
  package struct Norm: Options {
    package var per = Scope.sample
    package var epsilon = 1e-12
    package var outOfRange = Beyond.keep
    package var columns: OneOrMany<Pattern> = []
    package var isMaterialized = false

    package init() {}

    package static let title = "Norm"

    package static var fields: [Field<Self>] {
      option("per", \.per, "What has a norm: each row by default.")
      option("epsilon", \.epsilon, in: 1e-30...1e30, "The least that values are divided by.")
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
