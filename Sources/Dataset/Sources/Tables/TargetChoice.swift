/// What is learnt of a target whose task nobody states.
struct TargetChoice: Equatable {
  var task: Target.Task

  /// Why it is worth saying; nil where nobody would expect otherwise.
  var doubt: Doubt?

  enum Doubt: Equatable {
    /// So many whole numbers were taken for classes, or for numbers, of so many rows.
    case classes(Int, rows: Int)
    case numbers(Int, rows: Int)
  }

  /// Texts are classes. So are whole numbers of few values, for which rows repeat themselves; more of
  /// them are classes where they count from 0 or 1 and each has many rows, as in a list of class codes.
  init(_ survey: ColumnSurvey) {
    let values = survey.distinct.count
    let rows = survey.numbers
    guard survey.kind == .number, values > 0 else {
      task = .classification
      return
    }
    guard survey.isIntegral, values <= ColumnSurvey.mostIntegralClasses else {
      task = .regression
      return
    }
    let isFew = values <= Self.few
    if isFew || (Self.areCodes(survey.distinct) && rows >= values * Self.rowsOfCode) {
      task = .classification
      if !isFew || (values > 2 && rows < values * Self.rowsOfClass) {
        doubt = .classes(values, rows: rows)
      }
    } else {
      task = .regression
      doubt = .numbers(values, rows: rows)
    }
  }

  /// So many whole numbers are classes whatever they are.
  private static let few = 10

  /// A class of fewer rows than this is doubtful.
  private static let rowsOfClass = 5

  /// Codes have at least so many rows each.
  private static let rowsOfCode = 10

  private static func areCodes(_ values: Set<Double>) -> Bool {
    guard let least = values.min(), let most = values.max() else { return false }
    return (0...1).contains(least) && most - least == Double(values.count - 1)
  }
}
