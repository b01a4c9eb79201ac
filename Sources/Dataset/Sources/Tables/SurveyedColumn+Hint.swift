internal import Diagnostics

extension SurveyedColumn {
  /// What its user may want to look at, in a few words; empty where nothing is odd. What is wrong or likely
  /// to be so has a message of its own, too.
  ///
  /// - Parameter variety: How many different values the column has.
  func hint(variety: Int) -> String {
    if isEmpty { return "no value in any row" }
    return kind == .category ? textHint(variety) : kind == .number ? numberHint(variety) : ""
  }

  private func textHint(_ variety: Int) -> String {
    let most = 4 * survey.present
    func covers(_ count: Int) -> Bool { count > 0 && 5 * count >= most }
    if covers(survey.count(.styled) + survey.numbers), let style = survey.style {
      return "numbers? \(style.remedy)"
    }
    if covers(survey.count(.unit)) { return "numbers with a unit?" }
    if covers(survey.count(.otherDate)) { return "dates? write them as 2012-01-31" }
    if covers(survey.count(.time)) { return "times of a day?" }
    if variety == 1 { return "the same in every row" }
    if survey.present >= Self.fewRows, 2 * variety > survey.present {
      return use == .target ? "nearly all differ: no classes?" : "nearly all differ: an id?"
    }
    return ""
  }

  private func numberHint(_ variety: Int) -> String {
    if survey.count(.absent) > 0, let texts = survey.sightings[.absent]?.written {
      return "missing: \(texts)?"
    }
    if let zero = survey.leadingZero, zero.texts.contains(where: { $0.utf8.count > 2 }) {
      return "starts with zeros: codes?"
    }
    if survey.infinite != nil { return "has infinite values" }
    guard use == .feature, survey.numbers > 1, survey.texts == 0 else { return "" }
    if variety == 1 { return "the same in every row" }
    if countWarning != nil { return "numbers the rows" }
    if survey.isIntegral, survey.numbers >= Self.fewRows {
      if variety == survey.numbers { return "whole and all different: an id?" }
      if (3...Self.fewValues).contains(variety), survey.numbers >= 20 * variety {
        return "few whole numbers: a category?"
      }
    }
    return ""
  }

  /// What shows in fewer rows than this may be chance.
  private static let fewRows = 20

  /// So few whole numbers may be codes.
  private static let fewValues = 12
}
