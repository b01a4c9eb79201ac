/// Functions made of additions, multiplications and divisions alone, so that they give the same
/// bits everywhere. A system's own may differ between versions and processors in the last place.
enum PortableMath {
  /// The natural logarithm of a positive, normal number, within 2 units in the last place.
  ///
  /// x = m 2ᵏ with m in √½...√2, and log m = 2 artanh s for s = (m - 1) / (m + 1).
  static func log(_ x: Double) -> Double {
    guard x > 0 else { return -.infinity }
    var significand = x.significand
    var exponent = Double(x.exponent)
    if significand > 1.4142135623730951 {
      significand /= 2
      exponent += 1
    }
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var series = 0.0
    for odd in stride(from: 23.0, through: 3, by: -2) { series = (series + 1 / odd) * square }
    return exponent * log2High + (2 * s * (1 + series) + exponent * log2Low)
  }

  /// The exponential function, within 2 units in the last place.
  ///
  /// x = k log 2 + r with |r| ≤ log 2 / 2, and exp x = 2ᵏ exp r by the Taylor series.
  static func exp(_ x: Double) -> Double {
    if x < -745 { return 0 }
    if x > 709.7 { return .infinity }
    let k = (x / (log2High + log2Low)).rounded(.toNearestOrEven)
    let r = (x - k * log2High) - k * log2Low
    var series = 1.0
    for n in stride(from: 14.0, through: 1, by: -1) { series = 1 + series * r / n }
    let half = Int(k) / 2
    return series * power2(half) * power2(Int(k) - half)
  }

  private static func power2(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// log 2 in two parts, the first with zeros in its last 21 bits so that products are exact.
  private static let log2High = 0x1.62e42feep-1
  private static let log2Low = 0x1.a39ef35793c76p-33
}
