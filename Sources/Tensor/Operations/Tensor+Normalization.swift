internal import CTensor
package import Diagnostics

/// Normalisation layers.
extension Tensor {
  /// (x - mean) / sqrt(variance + epsilon) · weight + bias + addend for each channel of `[N, C, …]`, held
  /// within `bounds`.
  ///
  /// In training the batch's statistics serve and the running ones `[C]` move towards them by
  /// `momentum`, in place, with the sample's variance; otherwise the running ones serve. (Ioffe
  /// and Szegedy 2015.) A value on a bound has no gradient.
  ///
  /// - Parameter addend: Of the same shape, as the other branch of a residual block.
  package func batchNorm(
    adding addend: Tensor? = nil, weight: Tensor?, bias: Tensor?, runningMean: Tensor?,
    runningVariance: Tensor?, isTraining: Bool, momentum: Double = 0.1, epsilon: Double = 1e-5,
    within bounds: ClosedRange<Double> = -.infinity ... .infinity
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, addend, weight, bias, runningMean, runningVariance) {
      unsafe $0.layer.pointee.batch_norm(
        handle, addend?.handle, weight?.handle, bias?.handle, runningMean?.handle,
        runningVariance?.handle, isTraining, momentum, epsilon, bounds.lowerBound,
        bounds.upperBound, $1)
    }
  }

  /// Normalises over the trailing dimensions of `shape`, which weight and bias have too.
  package func layerNorm(
    _ shape: [Int], weight: Tensor?, bias: Tensor?, epsilon: Double = 1e-5
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, weight, bias) {
      unsafe $0.layer.pointee.layer_norm(
        handle, shape, shape.count, weight?.handle, bias?.handle, epsilon, $1)
    }
  }

  /// Normalises each of `groups` groups of channels of each sample of `[N, C, …]`.
  package func groupNorm(
    groups: Int, weight: Tensor?, bias: Tensor?, epsilon: Double = 1e-5
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, weight, bias) {
      unsafe $0.layer.pointee.group_norm(
        handle, groups, weight?.handle, bias?.handle, epsilon, $1)
    }
  }
}
