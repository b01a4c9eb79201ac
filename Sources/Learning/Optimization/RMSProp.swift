package import Options
import Tensor

/// RMSprop: s = α s + (1 - α) g²; w = w - rate · g / (√s + ε) (Tieleman and Hinton 2012).
package struct RMSProp: OptimizerRule {
  package static let title = "rmsprop"
  package static let summary = "Divides each gradient by its recent size."

  package var learningRate = 1e-3
  package var smoothing = 0.99
  package var epsilon = 1e-8
  package var weightDecay = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option("learning-rate", \.learningRate, in: 0...1000, "The length of a step.")
    option("smoothing", \.smoothing, in: 0...0.9999, "How slowly the mean of the squares moves.")
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
    try ParameterUpdates.scale(group.slots[0], by: smoothing)
    try ParameterUpdates.addSquares(of: gradients, scale: 1 - smoothing, to: group.slots[0])
    try ParameterUpdates.addNormalized(
      gradients, bySquares: group.slots[0], scale: -rate, epsilon: epsilon, to: group.parameters)
  }
}
