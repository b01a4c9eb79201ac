package import Network
package import Options
package import Tensor

/// Pastes a rectangle of another training image, and mixes the targets by area (Yun et al. 2019).
package struct CutMix: Options, MixingAugmentation {
  package var alpha = 1.0
  package var probability: Fraction = 1

  package init() {}

  package static let name = "cutmix"
  package static let purpose = "Paste a rectangle of another image, and mix the targets."
  package static let title = "CutMix"
  package static let summary =
    "Pastes a rectangle of another training image, and mixes the targets by its area."
  package static let shorthand: String? = "alpha"
  package static let kinds: Set<FeatureKind> = [.image]

  package static var fields: [Field<Self>] {
    option(
      "alpha", \.alpha, in: 0.001...100,
      "The shape of the beta distribution of the area; at 1 all areas are as likely.")
    option("probability", \.probability, "The part of the rows that are mixed.")
  }

  package func mixture(from stream: inout RandomStream) -> Mixture {
    let side = (1 - stream.beta(alpha, alpha)).squareRoot()
    return .paste(x: stream.uniform(), y: stream.uniform(), side: side)
  }
}
