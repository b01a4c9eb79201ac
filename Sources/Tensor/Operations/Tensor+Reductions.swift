internal import CTensor
package import Diagnostics

/// Reductions over `dimensions`, all of them where none is named. Reduced dimensions stay with
/// size 1 where `kept`.
extension Tensor {
  package func sum(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_SUM, dimensions, kept)
  }

  package func mean(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_MEAN, dimensions, kept)
  }

  package func max(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_MAX, dimensions, kept)
  }

  package func min(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_MIN, dimensions, kept)
  }

  /// log Σ exp(x) without overflow.
  package func logSumExp(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_LOG_SUM_EXP, dimensions, kept)
  }

  /// Whether no element is zero.
  package func all(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_ALL, dimensions, kept)
  }

  /// Whether some element is not zero.
  package func any(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_ANY, dimensions, kept)
  }

  /// Σ |x|
  package func norm1(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_NORM1, dimensions, kept)
  }

  /// sqrt Σ x²
  package func norm2(_ dimensions: Int..., kept: Bool = false) throws(Diagnostic) -> Tensor {
    try reduce(ANNEAL_NORM2, dimensions, kept)
  }

  /// Σ (x - mean)² / (N - correction); 0 gives the population's variance, 1 the sample's.
  package func variance(
    _ dimensions: Int..., correction: Double = 0, kept: Bool = false
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.reduction.pointee.variance(
        handle, dimensions, dimensions.count, correction, kept, $1)
    }
  }

  /// The index (int64) of the largest element along `dimension`, the first among equals.
  package func argmax(_ dimension: Int = -1, kept: Bool = false) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.reduction.pointee.argmax(handle, dimension, kept, $1) }
  }

  /// The index (int64) of the smallest element along `dimension`, the first among equals.
  package func argmin(_ dimension: Int = -1, kept: Bool = false) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.reduction.pointee.argmin(handle, dimension, kept, $1) }
  }

  /// Running sums along `dimension`.
  package func cumulativeSum(_ dimension: Int = -1) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.reduction.pointee.cumulative_sum(handle, dimension, $1)
    }
  }

  private func reduce(
    _ function: anneal_reduction, _ dimensions: [Int], _ kept: Bool,
    _ operation: StaticString = #function
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, operation: operation) {
      unsafe $0.reduction.pointee.reduce(
        Int32(function.rawValue), handle, dimensions, dimensions.count, kept, $1)
    }
  }
}
