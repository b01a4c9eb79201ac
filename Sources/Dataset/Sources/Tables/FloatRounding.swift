internal import CData
internal import Diagnostics

/// What becomes of a column's numbers as they are stored in 32 bits.
struct FloatRounding: Hashable, Sendable {
  private var least = Double.infinity
  private var greatest = -Double.infinity
  /// The number that moves farthest.
  private var worst = 0.0
  private var move = 0.0

  /// The share of the column's spread that a number may move unnoticed: a thousandth.
  private static let tolerance = 1.0 / 1024

  /// The share that makes a target useless: a hundredth. Errors are measured against the rounded numbers,
  /// so that they would look smaller than they are, and be none where all rows become the same.
  private static let targetTolerance = 0.01

  init() {}

  init(_ native: AnnealDataRounding) {
    least = native.least
    greatest = native.greatest
    (worst, move) = (native.worst, native.move)
  }

  var native: AnnealDataRounding {
    AnnealDataRounding(least: least, greatest: greatest, worst: worst, move: move)
  }

  /// Adds what becomes of more numbers, which come after.
  mutating func add(_ other: FloatRounding) {
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    if other.move > move { (worst, move) = (other.worst, other.move) }
  }

  /// Says that numbers become the same, or nearly so, which lie too close together for how far they are
  /// from zero.
  func warning(_ column: String) -> Diagnostic? {
    guard loses(Self.tolerance) else { return nil }
    var warning = problem("the numbers of '\(column)' lie")
    warning.severity = .warning
    return warning.adding(remedy: remedy)
  }

  /// The same of a target, which is refused where what is lost would count.
  func problem(ofTarget name: String, at place: SourceRange) -> Diagnostic? {
    guard loses(Self.tolerance) else { return nil }
    var problem = problem("the numbers of the target '\(name)' lie")
    problem.range = place
    if !loses(Self.targetTolerance) { problem.severity = .warning }
    return problem.adding(remedy: remedy + ", and add it to the answers")
  }

  /// Whether a number moves by more than a share of the spread.
  private func loses(_ share: Double) -> Bool {
    greatest > least && move > (greatest - least) * share
  }

  private func problem(_ fact: String) -> Diagnostic {
    Diagnostic(
      "\(fact) from \(Self.text(least)) to \(Self.text(greatest)), too close together for 32 bits: "
        + "\(Self.text(worst)) becomes \(Self.text(Double(Float(worst))))")
  }

  private var remedy: String {
    "subtract a number near them where the file is made, such as \(Self.text(least))"
  }

  /// A number with its decimals, without an exponent where it is whole.
  private static func text(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }
}
