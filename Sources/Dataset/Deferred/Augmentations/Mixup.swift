package import Network
package import Options
package import Tensor

/// Blends rows and their targets with those of another training row (Zhang et al. 2018).
package struct Mixup: Options, MixingAugmentation {
  package var alpha = 0.2
  package var probability: Fraction = 1

  package init() {}

  package static let name = "mixup"
  package static let purpose = "Blend rows, and their targets, with others."
  package static let title = "Mixup"
  package static let summary =
    "Blends images, sounds and numbers, and the targets, with those of another training row. Categories, "
    + "texts and dates stay."
  package static let shorthand: String? = "alpha"
  package static let kinds: Set<FeatureKind> = [.image, .numbers, .audio]

  package static var fields: [Field<Self>] {
    option(
      "alpha", \.alpha, in: 0.001...100,
      "The shape of the beta distribution of the share; at 1 all shares are as likely.")
    option("probability", \.probability, "The part of the rows that are mixed.")
  }

  package func mixture(from stream: inout RandomStream) -> Mixture {
    .blend(share: stream.beta(alpha, alpha))
  }
}
