package import Options
package import Tensor

/// Moves an image by random parts of its sides.
package struct Translate: Options, GeometricAugmentation {
  package var x: Fraction = 0.1
  package var y: Fraction = 0.1
  package var probability: Fraction = 1

  package init() {}

  package static let name = "translate"
  package static let purpose = "Move the image."
  package static let title = "Translate"
  package static let summary = "Moves the image, between pixels as well."

  package static var fields: [Field<Self>] {
    option("x", \.x, "The furthest to the left or right, as a part of the width.")
    option("y", \.y, "The furthest up or down, as a part of the height.")
    option("probability", \.probability, "The part of the images that change.")
  }

  package func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap {
    guard stream.bernoulli(probability.double) else { return .identity }
    let right = stream.uniform(in: -x.double...x.double) * Double(width)
    let down = stream.uniform(in: -y.double...y.double) * Double(height)
    return .shift(x: -right, y: -down)
  }
}
