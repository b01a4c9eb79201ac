package import Options
package import Tensor

/// Category codes `[K]` as learned vectors, those of all columns side by side.
///
/// Each column has a table with one more row than it has values: row 0 stands for a code that is not
/// among them, such as -1 for a missing one. The tables lie below each other in one weight.
package struct Embedding: Layer {
  package static let type = "embedding"
  package static let summary = "Turns category codes into learned vectors."

  package var cardinalities: [Int] = []
  package var width = 8

  package init() {}

  package init(cardinalities: [Int], width: Int) {
    self.cardinalities = cardinalities
    self.width = width
  }

  package static var fields: [Field<Self>] {
    option("cardinalities", \.cardinalities, "How many values each column has.")
    option("width", \.width, in: 1...LayerLimits.width, "The length of a column's vector.")
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    try checkCardinalities(cardinalities, of: inputs[0])
    return [saturatingProduct([cardinalities.count, width])]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let rows = saturatingSum(cardinalities.map { $0 + 1 })
    return [
      ParameterSpec("weight", [rows, width], .weight, .normal(deviation: 0.05), decays: true)
    ]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let codes = try inputs[0].to(.int64)
    var first = 0
    let rows = try cardinalities.enumerated().map { column, count in
      defer { first += count + 1 }
      let code = try codes.narrow(1, from: column, length: 1)
      let isKnown = try (code < Double(count)).to(.int64)
      return try (code.clamp(-1) + 1) * isKnown + Double(first)
    }
    return try parameters.tensor("weight")
      .embedding(Tensor.concatenate(rows, dimension: 1)).flatten()
  }
}
