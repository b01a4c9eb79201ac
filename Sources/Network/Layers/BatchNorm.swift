package import Options
package import Tensor

/// Normalises each channel over the batch (Ioffe and Szegedy 2015), then scales and shifts it.
///
/// Takes `[C, …]`. In training the batch's own mean and variance are used and the running ones
/// follow by `momentum`; in evaluation the running ones are used.
package struct BatchNorm: Layer {
  package static let type = "batch-norm"
  package static let summary = "Normalises each channel over the batch."

  package var epsilon = 1e-5
  package var momentum = 0.1

  package init() {}

  package static var fields: [Field<Self>] {
    option("epsilon", \.epsilon, in: 1e-12...1, "Added to the variance before its root is taken.")
    option("momentum", \.momentum, in: 0...1, "How far a batch moves the running statistics.")
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let shape = [inputs[0][0]]
    return [
      ParameterSpec("weight", shape, .weight, .constant(1)),
      ParameterSpec("bias", shape, .bias, .constant(0)),
      ParameterSpec("running_mean", shape, .buffer, .constant(0)),
      ParameterSpec("running_var", shape, .buffer, .constant(1)),
    ]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].batchNorm(
      weight: parameters.tensor("weight"), bias: parameters.tensor("bias"),
      runningMean: parameters.tensor("running_mean"),
      runningVariance: parameters.tensor("running_var"), isTraining: mode.isTraining,
      momentum: mode.batchNormMomentum ?? momentum, epsilon: epsilon)
  }
}
