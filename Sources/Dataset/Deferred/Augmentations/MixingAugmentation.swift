package import Options
package import Tensor

/// An augmentation that mixes a row, and its target, with another one of the training split.
package protocol MixingAugmentation: AugmentationStep {
  /// The part of the rows that are mixed.
  var probability: Fraction { get }

  /// Draws how much of the row stays.
  func mixture(from stream: inout RandomStream) -> Mixture
}

/// How two rows become one.
package enum Mixture: Hashable, Sendable {
  /// All values, blended.
  case blend(share: Double)

  /// A rectangle of the other image, given by its middle and sides as parts of the image's.
  case paste(x: Double, y: Double, side: Double)
}
