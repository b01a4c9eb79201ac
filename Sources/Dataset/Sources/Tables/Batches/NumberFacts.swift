internal import CData
internal import Diagnostics

/// What the cells of a column have in common, in one batch.
struct NumberFacts: Hashable, Sendable {
  /// How many cells are numbers, other texts, and missing; rows that are none of the table do not count.
  var numbers = 0
  var texts = 0
  var missing = 0

  /// Whether all numbers are whole.
  var isIntegral = true

  /// The least and the greatest number.
  var range: ClosedRange<Double>?

  /// The different numbers, no more than one more than could be classes.
  var distinct: [Double] = []

  /// Whether each number is one more than the last.
  var counts = true
  var first: Double?
  var last: Double?

  /// How many numbers have digits after a zero at the start.
  var leadingZeros = 0

  /// What becomes of the numbers in 32 bits.
  var rounding = FloatRounding()

  init() {}

  /// The facts of cells that are no texts; NaN is missing.
  init(_ numbers: [Double]) throws(Diagnostic) {
    var native = AnnealDataCellFacts()
    try DataEngine.check(
      unsafe DataEngine.functions().numbers_describe(numbers, Int64(numbers.count), &native))
    self.init(native)
  }
}
