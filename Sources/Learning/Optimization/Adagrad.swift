package import Options
import Tensor

/// Adagrad: s = s + g²; w = w - rate · g / (√s + ε) (Duchi et al. 2011).
package struct Adagrad: OptimizerRule {
  package static let title = "adagrad"
  package static let summary = "Divides each gradient by the size of all before it."

  package var learningRate = 0.01
  package var epsilon = 1e-10
  package var weightDecay = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option("learning-rate", \.learningRate, in: 0...1000, "The length of a step.")
    option("epsilon", \.epsilon, in: 0...1, "Added to the root of the squares.")
    option(
      "weight-decay", \.weightDecay, in: 0...1, "The pull of weights to 0; not on norms and biases."
    )
  }

  package var slots: [String] { ["square"] }

  package func update(
    _ group: ParameterGroup, step: Int, rate: Double, decay: Double
  ) throws {
    let gradients = try group.decayedGradients(decay)
    try ParameterUpdates.addSquares(of: gradients, scale: 1, to: group.slots[0])
    try ParameterUpdates.addNormalized(
      gradients, bySquares: group.slots[0], scale: -rate, epsilon: epsilon, to: group.parameters)
  }
}
