package import Options
package import Tensor

/// Turns an image about its middle by a random angle.
package struct Rotate: Options, GeometricAugmentation {
  package var degrees = 10.0
  package var probability: Fraction = 1

  package init() {}

  package static let name = "rotate"
  package static let purpose = "Turn the image."
  package static let title = "Rotate"
  package static let summary = "Turns the image about its middle, to either side."
  package static let shorthand: String? = "degrees"

  package static var fields: [Field<Self>] {
    option("degrees", \.degrees, in: 0...180, "The largest angle to either side.")
    option("probability", \.probability, "The part of the images that change.")
  }

  package func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap {
    guard stream.bernoulli(probability.double) else { return .identity }
    return .rotation(degrees: stream.uniform(in: -degrees...degrees))
  }
}
