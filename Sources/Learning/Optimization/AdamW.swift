package import Options
import Tensor

/// Adam with the weight decay apart from the gradient (Loshchilov and Hutter 2019).
package struct AdamW: OptimizerRule, Hashable {
  package static let title = "adamw"
  package static let summary = "Adaptive moments, weight decay apart."

  package var learningRate = 1e-3
  package var beta1 = 0.9
  package var beta2 = 0.999
  package var epsilon = 1e-8
  package var weightDecay = 0.01

  package init() {}

  package static var fields: [Field<Self>] {
    option("learning-rate", \.learningRate, in: 0...1000, "The length of a step.")
    option("beta1", \.beta1, in: 0...0.9999, "How slowly the mean of gradients moves.")
    option("beta2", \.beta2, in: 0...0.999999, "How slowly the mean of their squares moves.")
    option("epsilon", \.epsilon, in: 0...1, "Added to the root of the squares.")
    option(
      "weight-decay", \.weightDecay, in: 0...1, "The pull of weights to 0; not on norms and biases."
    )
  }

  package var slots: [String] { ["mean", "square"] }

  package func update(
    _ group: ParameterGroup, step: Int, rate: Double, decay: Double
  ) throws {
    try ParameterUpdates.adam(
      group.parameters, gradients: group.gradients, means: group.slots[0],
      squares: group.slots[1], steps: group.steps, rate: rate, beta1: beta1, beta2: beta2,
      decay: decay, epsilon: epsilon, isDecoupled: true)
  }
}
