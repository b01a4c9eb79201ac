package import Options
package import Tensor

/// Adds normal noise to the pixels of an image.
package struct Noise: Options, ImageAugmentation {
  package var deviation = 0.05
  package var probability: Fraction = 1

  package init() {}

  package static let name = "noise"
  package static let purpose = "Add noise to the pixels."
  package static let title = "Noise"
  package static let summary = "Adds normal noise to each pixel and channel."
  package static let shorthand: String? = "deviation"

  package static var fields: [Field<Self>] {
    option(
      "deviation", \.deviation, in: 0...1, "The noise's deviation, as a part of the range of light."
    )
    option("probability", \.probability, "The part of the images that change.")
  }

  package func add(to changes: inout ImageChanges, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double), deviation > 0 else { return }
    changes.append(.noise(deviation: deviation, from: stream))
  }
}
