package import Options
import Tensor

/// The moving means of gradients and of their squares by which Adam scales its steps (Kingma and Ba
/// 2015), with the weight decay in the gradient or apart from it.
package struct AdaptiveMoments: Options, Hashable {
  package var learningRate = 1e-3
  package var beta1 = 0.9
  package var beta2 = 0.999
  package var epsilon = 1e-8
  package var weightDecay: Double

  package init() { self.init(weightDecay: 0) }

  package init(weightDecay: Double) {
    self.weightDecay = weightDecay
  }

  package static var fields: [Field<Self>] {
    option("learning-rate", \.learningRate, in: 0...1000, "The length of a step.")
    option("beta1", \.beta1, in: 0...0.9999, "How slowly the mean of gradients moves.")
    option("beta2", \.beta2, in: 0...0.999999, "How slowly the mean of their squares moves.")
    option("epsilon", \.epsilon, in: 0...1, "Added to the root of the squares.")
    option(
      "weight-decay", \.weightDecay, in: 0...1,
      "The pull of weights to 0; not on norms and biases.")
  }

  /// The fields of a rule that keeps its moments at `path`.
  static func fields<Rule: OptimizerRule>(
    at path: any WritableKeyPath<Rule, AdaptiveMoments> & Sendable
  ) -> [Field<Rule>] {
    fields.map { $0.lifted(to: path) }
  }

  /// The tensors that a parameter's moments are kept in.
  var slots: [String] { ["mean", "square"] }

  /// Moves parameters by one step.
  ///
  /// - Parameter isDecoupled: Whether the decay stays out of the gradient and its moments.
  func update(
    _ group: ParameterGroup, rate: Double, decay: Double, isDecoupled: Bool
  ) throws {
    try ParameterUpdates.adam(
      group.parameters, gradients: group.gradients, means: group.slots[0],
      squares: group.slots[1], steps: group.steps, rate: rate, beta1: beta1, beta2: beta2,
      decay: decay, epsilon: epsilon, isDecoupled: isDecoupled)
  }
}
