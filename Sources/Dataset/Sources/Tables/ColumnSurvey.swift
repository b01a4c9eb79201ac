internal import Network

/// What the values of one column look like, to tell numbers from categories.
struct ColumnSurvey {
  private var numbers = 0
  private var texts = 0
  private var isIntegral = true
  private var distinct: Set<Double> = []

  /// Whole numbers of at most so many different values are taken for classes.
  static let mostIntegralClasses = 50

  mutating func add(_ cell: Cell) {
    switch cell {
    case .missing: break
    case .text: texts += 1
    case .number(let number):
      numbers += 1
      isIntegral = isIntegral && number == number.rounded()
      if distinct.count <= Self.mostIntegralClasses { distinct.insert(number) }
    }
  }

  /// A column that is mostly numbers is one of numbers, so that a misspelt number is found; a column
  /// without any value is one of numbers too.
  var kind: FeatureKind { texts > numbers ? .category : .numbers }

  /// Text and few different whole numbers are classes, other numbers are to be regressed.
  var task: Target.Task {
    texts > 0 || (isIntegral && distinct.count <= Self.mostIntegralClasses)
      ? .classification : .regression
  }
}
