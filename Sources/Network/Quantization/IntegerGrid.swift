/// A uniform grid of integers over the real numbers: x ≈ scale · (q - zero point).
///
/// The formulas are those of Jacob et al. 2018, section 2.1, with the range widened to hold zero,
/// so that zero is always exact. Rounding is half to even, as ONNX's `QuantizeLinear` rounds.
package struct IntegerGrid: Hashable, Sendable {
  package let scale: Double
  package let zeroPoint: Int
  /// The integers that the grid has.
  package let range: ClosedRange<Int>

  /// The grid over `low...high`, widened to hold zero.
  ///
  /// s = (max(b, 0) - min(a, 0)) / (qmax - qmin), z = clamp(round(qmin - a / s)). A range of a
  /// single zero gets the scale 1, so that dividing by it is harmless.
  ///
  /// The scale is rounded to 32 bits, as files and kernels hold it.
  package init(low: Double, high: Double, range: ClosedRange<Int> = 0...255) {
    let low = min(low, 0)
    let width = max(high, 0) - low
    let scale = Double(Float(width / Double(range.upperBound - range.lowerBound)))
    self.range = range
    self.scale = scale > 0 && scale.isFinite ? scale : 1
    let zero = (Double(range.lowerBound) - low / self.scale).rounded(.toNearestOrEven)
    zeroPoint = Int(min(max(zero, Double(range.lowerBound)), Double(range.upperBound)))
  }

  /// The integer nearest to a number, half to even, clamped to the grid.
  package func quantize(_ value: Double) -> Int {
    let nearest = (value / scale).rounded(.toNearestOrEven) + Double(zeroPoint)
    return Int(min(max(nearest, Double(range.lowerBound)), Double(range.upperBound)))
  }

  package func dequantize(_ integer: Int) -> Double {
    scale * Double(integer - zeroPoint)
  }

  /// The number that stands for `value` on the grid.
  package func rounding(_ value: Double) -> Double {
    dequantize(quantize(value))
  }
}
