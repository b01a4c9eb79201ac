package import Diagnostics
package import Options
package import YAML
import Tensor

/// Stochastic gradient descent: g = ∇ + decay · w; v = momentum · v + g; w = w - rate · v, with
/// Nesterov's variant w = w - rate · (g + momentum · v) (Sutskever et al. 2013).
package struct SGD: OptimizerRule {
  package static let title = "sgd"
  package static let summary = "Stochastic gradient descent with momentum."

  package var learningRate = 0.1
  package var momentum = 0.9
  package var isNesterov = false
  package var weightDecay = 5e-4

  package init() {}

  package static var fields: [Field<Self>] {
    option("learning-rate", \.learningRate, in: 0...1000, "The length of a step.")
    option("momentum", \.momentum, in: 0...1, "The share of the last step that is kept.")
    option("nesterov", \.isNesterov, "Whether the gradient is taken ahead, as Nesterov does.")
    option(
      "weight-decay", \.weightDecay, in: 0...1, "The pull of weights to 0; not on norms and biases."
    )
  }

  package static let rules: [Rule] = [
    .any([.equal("nesterov", false), .different("momentum", 0.0)])
  ]

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    guard settings.isNesterov, settings.momentum == 0 else { return [] }
    return [
      Diagnostic(
        "nesterov needs a momentum", at: (node["nesterov"] ?? node).range,
        remedy: "set momentum to 0.9, or leave nesterov out")
    ]
  }

  package var slots: [String] { momentum == 0 ? [] : ["momentum"] }

  package func update(
    _ group: ParameterGroup, step: Int, rate: Double, decay: Double
  ) throws {
    try ParameterUpdates.sgd(
      group.parameters, gradients: group.gradients, velocities: group.slots.first ?? [],
      rate: rate, momentum: momentum, decay: decay, nesterov: isNesterov, isFirst: step == 1)
  }
}
