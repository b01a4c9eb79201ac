internal import Diagnostics

/// What becomes of a column's numbers as they are stored in 32 bits.
struct FloatRounding {
  private var least = Double.infinity
  private var greatest = -Double.infinity
  /// The number that moves farthest.
  private var worst = 0.0
  private var move = 0.0

  /// The share of the column's spread that a number may move unnoticed: a thousandth.
  private static let tolerance = 1.0 / 1024

  mutating func add(_ number: Double) {
    let moved = abs(Double(Float(number)) - number)
    guard moved.isFinite else { return }
    least = min(least, number)
    greatest = max(greatest, number)
    if moved > move { (worst, move) = (number, moved) }
  }

  /// Says that numbers become the same, or nearly so, which lie too close together for how far they are
  /// from zero.
  func warning(_ column: String) -> Diagnostic? {
    guard greatest > least, move > (greatest - least) * Self.tolerance else { return nil }
    return Diagnostic(
      "the numbers of '\(column)' lie from \(Self.text(least)) to \(Self.text(greatest)), too close "
        + "together for 32 bits: \(Self.text(worst)) becomes \(Self.text(Double(Float(worst))))",
      severity: .warning,
      remedy: "subtract a number near them where the file is made, such as \(Self.text(least))")
  }

  /// A number with its decimals, without an exponent where it is whole.
  private static func text(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }
}
