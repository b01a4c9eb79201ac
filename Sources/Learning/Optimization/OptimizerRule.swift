package import Options
package import Tensor

/// A rule that turns gradients into steps.
package protocol OptimizerRule: Options, ChoiceMember, Hashable {
  var learningRate: Double { get }
  var weightDecay: Double { get }

  /// The names of the tensors that the rule keeps for each parameter, all of its shape and from 0.
  var slots: [String] { get }

  /// Moves parameters by one step.
  ///
  /// - Parameters:
  ///   - group: Parameters with their gradients and slots.
  ///   - step: The number of this step, from 1.
  ///   - rate: The learning rate of this step.
  ///   - decay: The weight decay for this group.
  func update(_ group: ParameterGroup, step: Int, rate: Double, decay: Double) throws
}

/// Parameters that one rule moves in the same way, in a fixed order.
package struct ParameterGroup: Sendable {
  package var parameters: [Tensor]
  package var gradients: [Tensor]
  /// For each slot of the rule one tensor for each parameter.
  package var slots: [[Tensor]]
  /// A float32 scalar for each parameter that counts its steps.
  package var steps: [Tensor]
}
