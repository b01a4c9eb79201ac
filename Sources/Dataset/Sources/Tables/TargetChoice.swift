internal import Diagnostics

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

  /// Texts are classes. So are two whole numbers; more of them are classes only where that is plain: where
  /// they count from 0 or 1 and rows repeat them, as in a list of class codes, or follow one another and
  /// each has many rows.
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
    let areCodes = Self.areCodes(survey.distinct)
    let least = !isFew ? Self.rowsOfCode : Self.rowsOfFew
    let isPlain =
      values <= 2 || (areCodes && rows >= values * least)
      || (isFew && Self.follow(survey.distinct) && rows >= values * Self.rowsOfRank)
    if isPlain {
      task = .classification
      if !isFew || (values > 2 && rows < values * Self.rowsOfClass) {
        doubt = .classes(values, rows: rows)
      }
    } else {
      task = .regression
      doubt = .numbers(values, rows: rows)
    }
  }

  /// So many whole numbers are classes where fewer rows have each.
  private static let few = 10

  /// Rows for each of few codes, and for each of few numbers that follow one another.
  private static let rowsOfFew = 2
  private static let rowsOfRank = 20

  /// A class of fewer rows than this is doubtful.
  private static let rowsOfClass = 5

  /// Codes have at least so many rows each.
  private static let rowsOfCode = 10

  private static func areCodes(_ values: Set<Double>) -> Bool {
    guard let least = values.min(), let most = values.max() else { return false }
    return (0...1).contains(least) && most - least == Double(values.count - 1)
  }

  /// Whether there is no number between the least and the greatest that is not there.
  private static func follow(_ values: Set<Double>) -> Bool {
    guard let least = values.min(), let most = values.max() else { return false }
    return most - least == Double(values.count - 1)
  }

  /// What was decided and how to say otherwise; nil where nobody would ask.
  func words(_ name: String, _ survey: ColumnSurvey) -> String? {
    guard survey.kind == .number, let range = survey.range else { return nil }
    let values = survey.distinct.count
    guard survey.isIntegral, values <= ColumnSurvey.mostIntegralClasses else {
      return task == .regression
        ? "the target '\(name)' holds numbers, and is taken for an amount" : nil
    }
    let bounds = "\(Int(range.lowerBound)) to \(Int(range.upperBound))"
    let numbers =
      "\(values.counted("whole number")), \(bounds), in \(survey.numbers.counted("row"))"
    return task == .classification
      ? "the target '\(name)' holds \(numbers), and each is taken for a class; 'task: regression' takes "
        + "them for amounts"
      : "the target '\(name)' holds \(numbers), and is taken for an amount; 'task: classification' takes "
        + "each for a class"
  }
}
