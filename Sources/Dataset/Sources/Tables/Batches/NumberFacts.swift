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

  /// The different numbers, no more than `mostDistinct` of them.
  var distinct: [Double] = []

  /// Whether each number is one more than the last.
  var counts = true
  var first: Double?
  var last: Double?

  /// How many numbers have digits after a zero at the start.
  var leadingZeros = 0

  static let mostDistinct = ColumnSurvey.mostIntegralClasses + 1

  init() {}

  /// The facts of cells that are no texts; NaN is missing.
  init(_ numbers: [Double]) {
    self.init()
    var distinct: Set<Double> = []
    for number in numbers { add(number, &distinct) }
  }

  /// Adds a cell that is a number, or missing where it is NaN.
  mutating func add(_ number: Double, _ known: inout Set<Double>) {
    guard !number.isNaN else {
      missing += 1
      return
    }
    numbers += 1
    isIntegral = isIntegral && number == number.rounded()
    range =
      range.map { min($0.lowerBound, number)...max($0.upperBound, number) } ?? number...number
    if distinct.count < Self.mostDistinct, known.insert(number).inserted { distinct.append(number) }
    counts = counts && last.map { number == $0 + 1 } ?? true
    first = first ?? number
    last = number
  }
}
