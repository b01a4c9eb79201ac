internal import CTensor
package import Diagnostics

/// Whole optimizer steps in one kernel, parameters updated in place.
extension ParameterUpdates {
  /// Stochastic gradient descent with momentum (Sutskever et al. 2013).
  ///
  /// g += decay · x; v = momentum · v + (1 - dampening) · g (v = g on the first step);
  /// x -= rate · (nesterov ? g + momentum · v : v).
  ///
  /// - Parameter velocities: Zeros before the first step; empty where `momentum` is 0.
  package static func sgd(
    _ parameters: [Tensor], gradients: [Tensor], velocities: [Tensor], rate: Double,
    momentum: Double = 0, dampening: Double = 0, decay: Double = 0, nesterov: Bool = false,
    isFirst: Bool
  ) throws(Diagnostic) {
    try requireCounts(parameters, gradients, momentum == 0 ? parameters : velocities)
    try Tensor.run(keeping: parameters + gradients + velocities) {
      unsafe $0.optimizer.pointee.sgd(
        Tensor.handles(of: parameters), Tensor.handles(of: gradients),
        Tensor.handles(of: velocities), parameters.count, rate, decay, momentum, dampening,
        nesterov, isFirst)
    }
  }

  /// Adam (Kingma and Ba 2015), or AdamW where `isDecoupled` (Loshchilov and Hutter 2019).
  ///
  /// - Parameters:
  ///   - means, squares: The moment estimates, zeros before the first step.
  ///   - steps: A float32 scalar for each parameter, 0 before the first step, counted up here.
  package static func adam(
    _ parameters: [Tensor], gradients: [Tensor], means: [Tensor], squares: [Tensor],
    steps: [Tensor], rate: Double, beta1: Double = 0.9, beta2: Double = 0.999,
    decay: Double = 0, epsilon: Double = 1e-8, isDecoupled: Bool = true
  ) throws(Diagnostic) {
    try requireCounts(parameters, gradients, means, squares, steps)
    try Tensor.run(keeping: parameters + gradients + means + squares + steps) {
      unsafe $0.optimizer.pointee.adam(
        Tensor.handles(of: parameters), Tensor.handles(of: gradients), Tensor.handles(of: means),
        Tensor.handles(of: squares), Tensor.handles(of: steps), parameters.count, rate, beta1,
        beta2, decay, epsilon, isDecoupled)
    }
  }
}
