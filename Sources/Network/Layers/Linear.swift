package import Options
package import Tensor

/// A matrix product over the last dimension: y = x Wᵀ + b.
package struct Linear: Layer {
  package static let type = "linear"
  package static let summary = "Multiplies the last dimension by a learned matrix."

  package var outputs = 1
  package var hasBias = true

  package init() {}

  package init(outputs: Int, hasBias: Bool = true) {
    self.outputs = outputs
    self.hasBias = hasBias
  }

  package static var fields: [Field<Self>] {
    option("outputs", \.outputs, in: 1...LayerLimits.width, "The size of the output.")
    option("bias", \.hasBias, "Whether a learned summand is added.")
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    inputs[0].dropLast() + [outputs]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let width = inputs[0].last ?? 1
    let weight = ParameterSpec(
      "weight", [outputs, width], .weight, .he(fanIn: width), decays: true)
    return hasBias
      ? [weight, ParameterSpec("bias", [outputs], .bias, .constant(0))] : [weight]
  }

  package func multiplyAccumulates(_ inputs: [[Int]]) -> Int {
    saturatingProduct(inputs[0] + [outputs])
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].linear(weight: parameters.tensor("weight"), bias: parameters["bias"])
  }
}
