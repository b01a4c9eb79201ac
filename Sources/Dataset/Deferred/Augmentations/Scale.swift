package import Diagnostics
package import Options
package import Tensor
package import YAML

/// Makes an image larger or smaller about its middle by a random factor.
package struct Scale: Options, GeometricAugmentation {
  package var range = [0.9, 1.1]
  package var probability: Fraction = 1

  package init() {}

  package static let name = "scale"
  package static let purpose = "Make the image larger or smaller."
  package static let title = "Scale"
  package static let summary = "Makes the image larger or smaller about its middle."
  package static let shorthand: String? = "range"

  package static var fields: [Field<Self>] {
    option(
      "range", \.range, count: 2...2, in: 0.1...10.0, "The smallest and the largest factor.")
    option("probability", \.probability, "The part of the images that change.")
  }

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard settings.range[0] > settings.range[1] else { return [] }
    return [
      Diagnostic(
        "the range from \(settings.range[0]) to \(settings.range[1]) holds no factors",
        at: (node["range"] ?? node).range, remedy: "write the smaller end first")
    ]
  }

  package func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap {
    guard stream.bernoulli(probability.double) else { return .identity }
    return .magnification(stream.uniform(in: range[0]...range[1]))
  }
}
