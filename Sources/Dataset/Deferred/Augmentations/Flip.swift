package import Diagnostics
package import Options
package import Tensor
package import YAML

/// Mirrors an image, each way with a probability of its own.
package struct Flip: Options, GeometricAugmentation {
  package var horizontal: Fraction = 0
  package var vertical: Fraction = 0

  package init() {}

  package static let name = "flip"
  package static let purpose = "Mirror the image."
  package static let title = "Flip"
  package static let summary = "Mirrors the image."

  package static var fields: [Field<Self>] {
    option("horizontal", \.horizontal, "The part of the images whose left and right are swapped.")
    option("vertical", \.vertical, "The part of the images whose top and bottom are swapped.")
  }

  package static let rules: [Rule] = [.any([.given("horizontal"), .given("vertical")])]

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard settings.horizontal == 0, settings.vertical == 0 else { return [] }
    return [
      Diagnostic(
        "'flip' mirrors no image", at: node.range,
        remedy: "say which way and how often, for example 'flip: {horizontal: 50%}'")
    ]
  }

  package static var whenEmpty: Self? { nil }

  package func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap {
    let isMirrored = stream.bernoulli(horizontal.double)
    let isUpsideDown = stream.bernoulli(vertical.double)
    return (isMirrored ? ImageMap.mirroredHorizontally : .identity)
      .then(isUpsideDown ? .mirroredVertically : .identity)
  }
}
