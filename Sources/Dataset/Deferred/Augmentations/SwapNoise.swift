package import Network
package import Options
package import Tensor

/// Puts values of other training rows in place of some, column by column.
package struct SwapNoise: Options, RowAugmentation {
  package var share: Fraction = 0.1
  package var columns: OneOrMany<Pattern> = []
  package var probability: Fraction = 1

  package init() {}

  package static let name = "swap-noise"
  package static let purpose = "Take some values from other rows."
  package static let title = "Swap noise"
  package static let summary =
    "Puts values that the column has in the training split in place of some numbers and categories."
  package static let shorthand: String? = "share"
  package static let kinds: Set<FeatureKind> = [.numbers, .category]

  package static var fields: [Field<Self>] {
    option("share", \.share, "The part of the values of a row that are replaced.")
    option("columns", \.columns, "Patterns of the columns to change; all by default.")
    option("probability", \.probability, "The part of the rows that change.")
  }

  package func changes(_ feature: Feature) -> Bool { columns.pick(feature) }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    for element in 0..<row.facts.feature.width {
      let isSwapped = stream.bernoulli(share.double)
      let place = stream.uniform()
      guard isSwapped, columns.pick(element, of: row.facts.feature) else { continue }
      let pool = row.facts.samples[element]
      guard !pool.isEmpty else { continue }
      let value = pool[Int(place * Double(pool.count))]
      if row.codes.isEmpty {
        row.numbers[element] = value
      } else {
        row.codes[element] = Int32(value)
      }
    }
  }
}
