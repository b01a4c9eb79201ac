package import Diagnostics
package import Options
package import Tensor

/// Pads an image on all sides and cuts its size out again at a random place.
package struct Crop: Options, GeometricAugmentation {
  package var padding = 1
  package var probability: Fraction = 1

  package init() {}

  package static let name = "crop"
  package static let purpose = "Shift the image by whole pixels."
  package static let title = "Crop"
  package static let summary = "Shifts the image by whole pixels, as padding and cropping does."
  package static let shorthand: String? = "padding"

  package static var fields: [Field<Self>] {
    option("padding", \.padding, in: 1...4096, "Pixels to pad each side with.")
    option("probability", \.probability, "The part of the images that change.")
  }

  package func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap {
    guard stream.bernoulli(probability.double) else { return .identity }
    let x = stream.bounded(in: -padding...padding)
    let y = stream.bounded(in: -padding...padding)
    return .shift(x: Double(x), y: Double(y))
  }

  package func check(_ image: Feature) throws(Diagnostic) {
    let side = image.shape.dropFirst().min() ?? 0
    guard padding >= side else { return }
    throw Diagnostic(
      "'crop' with a padding of \(padding) can move all of '\(image.name)', whose shorter "
        + "side is \(side), out of sight",
      remedy: "use a padding below \(side)")
  }
}
