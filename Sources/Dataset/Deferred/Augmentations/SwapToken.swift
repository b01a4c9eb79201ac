package import Network
package import Options
package import Tensor

/// Swaps random neighbours among the tokens of a text.
package struct SwapToken: Options, RowAugmentation {
  package var share: Fraction = 0.1
  package var probability: Fraction = 1

  package init() {}

  package static let name = "swap-token"
  package static let purpose = "Swap neighbours in texts."
  package static let title = "Swap token"
  package static let summary = "Swaps random tokens of texts with the next one."
  package static let shorthand: String? = "share"
  package static let kinds: Set<FeatureKind> = [.text]

  package static var fields: [Field<Self>] {
    option("share", \.share, "The part of the tokens that change places with the next.")
    option("probability", \.probability, "The part of the texts that change.")
  }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    let count = row.codes.prefix { $0 != TextForm.padding }.count
    var place = 0
    while place + 1 < count {
      if stream.bernoulli(share.double) {
        row.codes.swapAt(place, place + 1)
        place += 1
      }
      place += 1
    }
  }
}
