package import Diagnostics
package import Options
package import YAML

extension Normalize {
  /// A scale of order statistics.
  package struct Robust: Options {
    package var isCentered = true
    package var isScaled = true
    package var quantiles: [Fraction] = [0.25, 0.75]
    package var extent = Extent()

    package init() {}

    package static let title = "Robust scale"

    package static var fields: [Field<Self>] {
      option("center", \.isCentered, "Whether the median is subtracted.")
      option("scale", \.isScaled, "Whether values are divided by the distance of the quantiles.")
      option("quantiles", \.quantiles, count: 2...2, "The quantiles whose distance is the unit.")
      Extent.fields.map { $0.lifted(to: \.extent) }
    }

    /// The quantiles whose values have to be known: the median, and both ends where they are used.
    var shares: [Double] { [0.5] + (isScaled ? quantiles.map(\.double) : []) }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      if !settings.isCentered, !settings.isScaled {
        return [
          Diagnostic(
            "neither the middle nor the scale of values changes", at: node.range,
            remedy: "take the step out, or leave one of 'center' and 'scale' as it is")
        ]
      }
      guard settings.quantiles[0] >= settings.quantiles[1] else {
        return settings.extent.problems(node)
      }
      return [
        Diagnostic(
          "no values lie between these quantiles", at: (node["quantiles"] ?? node).range,
          remedy: "write the smaller one first, for example [25%, 75%]")
      ]
    }
  }
}
