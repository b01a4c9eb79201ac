package import Options
import Tensor

/// w = w - rate · sign(∇) (Riedmiller and Braun 1993, without the step sizes of their own).
package struct SignDescent: OptimizerRule {
  package static let title = "sign"
  package static let summary = "Moves each weight by the same step against its gradient."

  package var learningRate = 1e-3
  package var weightDecay = 0.0

  package init() {}

  package static var fields: [Field<Self>] {
    option("learning-rate", \.learningRate, in: 0...1000, "The length of a step.")
  }

  package var slots: [String] { [] }

  package func update(
    _ group: ParameterGroup, step: Int, rate: Double, decay: Double
  ) throws {
    try ParameterUpdates.addSigns(of: group.gradients, scale: -rate, to: group.parameters)
  }
}
