package import Network
package import Options
package import Tensor

/// Takes random tokens out of a text.
package struct DropToken: Options, RowAugmentation {
  package var share: Fraction = 0.1
  package var probability: Fraction = 1

  package init() {}

  package static let name = "drop-token"
  package static let purpose = "Take tokens out of texts."
  package static let title = "Drop token"
  package static let summary = "Takes random tokens out of texts; at least one stays."
  package static let shorthand: String? = "share"
  package static let kinds: Set<FeatureKind> = [.text]

  package static var fields: [Field<Self>] {
    option("share", \.share, "The part of the tokens that go.")
    option("probability", \.probability, "The part of the texts that change.")
  }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    let tokens = row.codes.filter { $0 != TextForm.padding }
    let kept = tokens.filter { _ in !stream.bernoulli(share.double) }
    guard !kept.isEmpty else { return }
    row.codes = kept + Array(repeating: TextForm.padding, count: row.codes.count - kept.count)
  }
}
