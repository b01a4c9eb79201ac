package import Network
package import Options
package import Tensor

/// Adds normal noise to numbers, in the unit of each column's deviation.
package struct Jitter: Options, RowAugmentation {
  package var sigma = 0.1
  package var columns: OneOrMany<Pattern> = []
  package var probability: Fraction = 1

  package init() {}

  package static let name = "jitter"
  package static let purpose = "Add noise to numbers."
  package static let title = "Jitter"
  package static let summary = "Adds normal noise to number columns."
  package static let shorthand: String? = "sigma"
  package static let kinds: Set<FeatureKind> = [.numbers]

  package static var fields: [Field<Self>] {
    option(
      "sigma", \.sigma, in: 0...10,
      "The noise's deviation, as a part of the column's deviation in the training split.")
    option("columns", \.columns, "Patterns of the columns to change; all by default.")
    option("probability", \.probability, "The part of the rows that change.")
  }

  package func changes(_ feature: Feature) -> Bool { columns.pick(feature) }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    guard stream.bernoulli(probability.double) else { return }
    for element in row.numbers.indices {
      let amount = stream.normal() * sigma
      guard columns.pick(element, of: row.facts.feature) else { continue }
      row.numbers[element] += Float(amount * row.facts.deviations[element])
    }
  }
}

extension OneOrMany<Pattern> {
  /// Whether the patterns mean any element of a feature.
  func pick(_ feature: Feature) -> Bool {
    (0..<max(1, feature.elements.count)).contains { pick($0, of: feature) }
  }

  /// Whether the patterns mean an element, by its own name or the feature's.
  func pick(_ element: Int, of feature: Feature) -> Bool {
    guard !elements.isEmpty else { return true }
    let names = feature.elements
    return elements.contains {
      $0.matches(feature.name) || (names.indices.contains(element) && $0.matches(names[element]))
    }
  }
}
