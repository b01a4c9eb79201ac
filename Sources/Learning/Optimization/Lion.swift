package import Options
import Tensor

/// Lion: w = w - rate · (sign(β₁ m + (1 - β₁) g) + decay · w), then m = β₂ m + (1 - β₂) g
/// (Chen et al. 2023, algorithm 2).
package struct Lion: OptimizerRule {
  package static let title = "lion"
  package static let summary = "Steps by the sign of an averaged gradient."

  package var learningRate = 1e-4
  package var beta1 = 0.9
  package var beta2 = 0.99
  package var weightDecay = 0.01

  package init() {}

  package static var fields: [Field<Self>] {
    option("learning-rate", \.learningRate, in: 0...1000, "The length of a step.")
    option("beta1", \.beta1, in: 0...0.9999, "The share of the mean in a step's direction.")
    option("beta2", \.beta2, in: 0...0.9999, "How slowly the mean of gradients moves.")
    option(
      "weight-decay", \.weightDecay, in: 0...1, "The pull of weights to 0; not on norms and biases."
    )
  }

  package var slots: [String] { ["mean"] }

  package func update(
    _ group: ParameterGroup, step: Int, rate: Double, decay: Double
  ) throws {
    let means = group.slots[0]
    try ParameterUpdates.scale(group.parameters, by: 1 - rate * decay)
    let directions = try means.map { try $0.clone() }
    try ParameterUpdates.move(directions, towards: group.gradients, by: 1 - beta1)
    try ParameterUpdates.addSigns(of: directions, scale: -rate, to: group.parameters)
    try ParameterUpdates.move(means, towards: group.gradients, by: 1 - beta2)
  }
}
