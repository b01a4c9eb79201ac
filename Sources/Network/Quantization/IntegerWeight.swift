import Glibc
package import Tensor

/// A weight on a symmetric grid of 8-bit integers: w ≈ scale · q with q in -limit...limit.
package struct IntegerWeight: Sendable {
  /// `int8`, shaped like the weight.
  package let integers: Tensor
  /// `float32`: one value for each index of the first dimension, or a single one.
  package let scale: Tensor

  /// Rounds a weight half to even; the largest magnitude of each channel takes the
  /// largest integer.
  ///
  /// - Parameters:
  ///   - isPerChannel: Whether each index of the first dimension has a scale of its own.
  ///   - limit: The largest integer, at most 127.
  ///   - leastScale: Lower bounds for the scales, shaped like them.
  package init(
    _ weight: Tensor, isPerChannel: Bool, limit: Int = 127, leastScale: Tensor? = nil
  ) throws {
    let shape = isPerChannel ? [weight.shape[0]] : [1]
    let largest = try weight.detach().abs().reshape([shape[0], -1]).max(1)
    var scale = try largest / Double(limit)
    if let leastScale { scale = try scale.maximum(leastScale) }
    // A channel of zeros keeps them under any scale.
    scale = try scale.filled(where: scale.equals(0), with: 1)
    let spread = try scale.reshape(shape + weight.shape.dropFirst().map { _ in 1 })
    integers = try (weight.detach() / spread).round()
      .clamp(Double(-limit), Double(limit)).to(.int8)
    self.scale = scale
  }

  /// The real weight that the integers stand for.
  package func dequantized() throws -> Tensor {
    let shape = [scale.count] + integers.shape.dropFirst().map { _ in 1 }
    return try integers.to(.float32) * scale.reshape(shape)
  }
}

/// The signal-to-quantisation-noise ratio in decibels: 10 log10(sum of x² / sum of (x - y)²).
///
/// Infinite where nothing changed.
package func signalToNoise(_ original: Tensor, _ changed: Tensor) throws -> Double {
  let signal = try original.to(.float64).square().sum().item()
  let noise = try (original.to(.float64) - changed.to(.float64)).square().sum().item()
  return noise == 0 ? .infinity : 10 * log10(signal / noise)
}
