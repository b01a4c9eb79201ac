package import Options
package import Tensor

/// Lays all values of a sample in one row.
package struct Flatten: Layer {
  package static let type = "flatten"
  package static let summary = "Lays all values of a sample in one row."

  package init() {}

  package static var fields: [Field<Self>] {}

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    [saturatingProduct(inputs[0])]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].flatten()
  }
}
