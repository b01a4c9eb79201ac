package import Options
package import Tensor

/// Leans an image to either side by a random angle.
package struct Shear: Options, GeometricAugmentation {
  package var degrees = 10.0
  package var probability: Fraction = 1

  package init() {}

  package static let name = "shear"
  package static let purpose = "Lean the image."
  package static let title = "Shear"
  package static let summary = "Leans the image to either side about its middle."
  package static let shorthand: String? = "degrees"

  package static var fields: [Field<Self>] {
    option("degrees", \.degrees, in: 0...80, "The largest angle against the vertical.")
    option("probability", \.probability, "The part of the images that change.")
  }

  package func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap {
    guard stream.bernoulli(probability.double) else { return .identity }
    return .shear(degrees: stream.uniform(in: -degrees...degrees))
  }
}
