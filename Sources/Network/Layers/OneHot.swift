package import Options
package import Tensor

/// Category codes `[K]` as indicator values: for each column one place for each of its values.
///
/// A code that is not among the values, such as -1 for a missing one, leaves its places at zero.
package struct OneHot: Layer {
  package static let type = "one-hot"
  package static let summary = "Turns category codes into indicator values."

  package var cardinalities: [Int] = []

  package init() {}

  package init(cardinalities: [Int]) {
    self.cardinalities = cardinalities
  }

  package static var fields: [Field<Self>] {
    option("cardinalities", \.cardinalities, "How many values each column has.")
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    try checkCardinalities(cardinalities, of: inputs[0])
    return [saturatingSum(cardinalities)]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let codes = try inputs[0].to(.int64)
    let places = try cardinalities.enumerated().map { column, count in
      try codes.narrow(1, from: column, length: 1)
        .equals(.range(count: count, device: codes.device))
    }
    return try Tensor.concatenate(places, dimension: 1).to(.float32)
  }
}

/// Checks that there is one positive cardinality for each column of a row of category codes.
func checkCardinalities(_ cardinalities: [Int], of shape: [Int]) throws(ShapeError) {
  guard shape == [cardinalities.count] else {
    throw ShapeError(
      "knows \(cardinalities.count) columns of categories but its input has the shape \(shape)",
      remedy: "give one cardinality for each column")
  }
  for count in cardinalities where !(1...LayerLimits.width).contains(count) {
    throw ShapeError(
      "has a column with \(count) values",
      remedy: "a column has between 1 and \(LayerLimits.width) values")
  }
}
