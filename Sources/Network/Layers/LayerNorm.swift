package import Options
package import Tensor

/// Normalises the last dimension of each sample (Ba et al. 2016), then scales and shifts it.
package struct LayerNorm: Layer {
  package static let type = "layer-norm"
  package static let summary = "Normalises the last dimension of each sample."

  package var epsilon = 1e-5

  package init() {}

  package static var fields: [Field<Self>] {
    option("epsilon", \.epsilon, in: 1e-12...1, "Added to the variance before its root is taken.")
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let shape = Array(inputs[0].suffix(1))
    return [
      ParameterSpec("weight", shape, .weight, .constant(1)),
      ParameterSpec("bias", shape, .bias, .constant(0)),
    ]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let weight = try parameters.tensor("weight")
    return try inputs[0].layerNorm(
      weight.shape, weight: weight, bias: parameters.tensor("bias"), epsilon: epsilon)
  }
}
