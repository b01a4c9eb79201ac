package import Network
package import Options
package import Tensor

/// Makes numbers smaller by a random factor.
package struct Dim: Options, RowAugmentation {
  package var least = 0.9

  package init() {}

  package static let name = "dim"
  package static let purpose = "Make numbers smaller."
  package static let title = "Dim"
  package static let summary = "Makes the numbers of a row smaller by a random factor."
  package static let shorthand: String? = "least"
  package static let kinds: Set<FeatureKind> = [.numbers]

  package static var fields: [Field<Self>] {
    option("least", \.least, in: 0...1, "The least factor.")
  }

  package func change(_ row: inout FeatureRow, from stream: inout RandomStream) {
    let factor = Float(stream.uniform(in: least...1))
    for index in row.numbers.indices { row.numbers[index] *= factor }
  }
}
