internal import CTensor
package import Diagnostics

/// Quantization in floating point, for calibration and quantization-aware training.
///
/// x̂ = (clamp(round(x / scale) + zeroPoint, low, high) - zeroPoint) · scale, halves to even. The
/// gradient passes unchanged where x was not clamped and is zero elsewhere (the straight-through
/// estimator; Jacob et al. 2018, section 3).
extension Tensor {
  /// One scale for all elements.
  package func fakeQuantized(
    scale: Double, zeroPoint: Int, in range: ClosedRange<Int>
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.quantization.pointee.tensor(
        handle, scale, zeroPoint, range.lowerBound, range.upperBound, $1)
    }
  }

  /// `scales` (float32) and `zeroPoints` (int32), both `[C]`, for the `C` indices of `axis`.
  package func fakeQuantized(
    scales: Tensor, zeroPoints: Tensor, axis: Int, in range: ClosedRange<Int>
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, scales, zeroPoints) {
      unsafe $0.quantization.pointee.channel(
        handle, scales.handle, zeroPoints.handle, axis, range.lowerBound, range.upperBound, $1)
    }
  }
}
