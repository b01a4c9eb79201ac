internal import CTensor
package import Diagnostics

/// How a loss joins its values.
package enum LossJoining: Sendable, Hashable {
  case none, mean, sum

  fileprivate var code: Int32 {
    switch self {
    case .none: Int32(ANNEAL_JOIN_NONE.rawValue)
    case .mean: Int32(ANNEAL_JOIN_MEAN.rawValue)
    case .sum: Int32(ANNEAL_JOIN_SUM.rawValue)
    }
  }
}

/// Losses; this tensor is what the network gave.
extension Tensor {
  /// -Σ target log softmax(x) for logits `[N, K]`.
  ///
  /// `target` is int64 codes `[N]` or probabilities `[N, K]`. `weight` `[K]` counts classes
  /// differently, and the mean is then over the sum of weights. Smoothing e moves e / K of the
  /// target's mass to every class (Szegedy et al. 2016, section 7).
  package func crossEntropy(
    _ target: Tensor, weight: Tensor? = nil, labelSmoothing: Double = 0,
    joining: LossJoining = .mean
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, target, weight) {
      unsafe $0.loss.pointee.cross_entropy(
        handle, target.handle, weight?.handle, joining.code, labelSmoothing, $1)
    }
  }

  /// KL(target ‖ x), both as log-probabilities `[N, K]`; the mean is over samples, not elements.
  package func klDivergence(
    _ target: Tensor, joining: LossJoining = .mean
  ) throws(Diagnostic) -> Tensor {
    try loss(ANNEAL_DIVERGENCE, target, joining)
  }

  /// (x - target)²
  package func squaredError(
    _ target: Tensor, joining: LossJoining = .mean
  ) throws(Diagnostic) -> Tensor {
    try loss(ANNEAL_SQUARED_ERROR, target, joining)
  }

  /// |x - target|
  package func absoluteError(
    _ target: Tensor, joining: LossJoining = .mean
  ) throws(Diagnostic) -> Tensor {
    try loss(ANNEAL_ABSOLUTE_ERROR, target, joining)
  }

  /// Quadratic within `delta` of the target, linear beyond (Huber 1964).
  package func huber(
    _ target: Tensor, delta: Double = 1, joining: LossJoining = .mean
  ) throws(Diagnostic) -> Tensor {
    try loss(ANNEAL_HUBER, target, joining, delta)
  }

  /// Cross-entropy of independent yes-or-no logits with targets in 0...1.
  package func binaryCrossEntropy(
    _ target: Tensor, joining: LossJoining = .mean
  ) throws(Diagnostic) -> Tensor {
    try loss(ANNEAL_BINARY, target, joining)
  }

  private func loss(
    _ function: anneal_loss, _ target: Tensor, _ joining: LossJoining, _ parameter: Double = 0,
    operation: StaticString = #function
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, target, operation: operation) {
      unsafe $0.loss.pointee.loss(
        Int32(function.rawValue), handle, target.handle, joining.code, parameter, $1)
    }
  }
}
