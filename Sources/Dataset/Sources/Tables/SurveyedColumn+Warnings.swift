internal import Diagnostics

extension SurveyedColumn {
  /// What the column's user should know before a model learns from it.
  var warnings: [Diagnostic] {
    [lookWarning, absentWarning, zeroWarning, infinityWarning, targetWarning].compactMap { $0 }
  }

  /// Whether the column tells nothing: it has no value at all, or the same in every row.
  var isEmpty: Bool { survey.present == 0 && survey.texts == 0 && survey.missing > 0 }
  var isConstant: Bool {
    survey.numbers > 1 && survey.texts == 0 && survey.distinct.count == 1
  }

  /// Texts that look like numbers or dates and are taken for categories.
  var lookWarning: Diagnostic? {
    guard kind == .category, survey.presentTexts > 0 else { return nil }
    let looks: [(TextLook, String)] = [
      (.styled, "numbers"), (.unit, "numbers"), (.otherDate, "dates"),
    ]
    for (look, noun) in looks {
      guard let sighting = survey.sightings[look],
        5 * (sighting.count + (noun == "numbers" ? survey.numbers : 0)) >= 4 * survey.present
      else { continue }
      let remedy: String
      switch look {
      case .styled: remedy = survey.style?.remedy ?? ""
      case .unit: remedy = Self.unitRemedy(name)
      default: remedy = "dates are read where they are written as 2012-01-31"
      }
      let taken = use == .target ? "classes" : "categories"
      return Diagnostic(
        "the texts of the column '\(name)', such as '\(sighting.text)', look like \(noun) and are "
          + "taken for \(taken)", at: sighting.place, severity: .warning, remedy: remedy)
    }
    return nil
  }

  /// Texts that people write for a missing value and that are taken for classes.
  private var absentWarning: Diagnostic? {
    guard use == .target, survey.presentTexts > 0, let sighting = survey.sightings[.absent] else {
      return nil
    }
    let rows = sighting.count == 1 ? "1 row has" : "\(sighting.count) rows have"
    return Diagnostic(
      "\(rows) '\(sighting.text)' or the like in the target '\(name)', which is taken for a class",
      at: sighting.place, severity: .warning,
      remedy: "where it stands for a missing value, write `missing: {\(name.written): "
        + "\(sighting.written)}` and `bad-rows: skip`")
  }

  /// Numbers that look like codes.
  private var zeroWarning: Diagnostic? {
    guard kind == .number, use == .feature, let sighting = survey.leadingZero,
      sighting.texts.contains(where: { $0.utf8.count > 2 })
    else { return nil }
    return Diagnostic(
      "'\(sighting.text)' in the column '\(name)' starts with a zero, as codes do, and is taken for "
        + "a number", at: sighting.place, severity: .warning,
      remedy: "`kinds: {\(name.written): category}` takes it for one of several texts",
      "`\(ColumnChoice.leavingOut([name]))` leaves the column out")
  }

  private var infinityWarning: Diagnostic? {
    guard kind == .number, use == .feature, let sighting = survey.infinite else { return nil }
    let rows = sighting.count == 1 ? "1 row" : "\(sighting.count) rows"
    return Diagnostic(
      "the column '\(name)' is infinite in \(rows), and nothing can be learnt from those",
      at: sighting.place, severity: .warning,
      remedy: "a clean stage drops them by `invalid: drop`",
      "`missing: {\(name.written): \(sighting.written)}` takes them for missing")
  }

  /// Numbers that only count the rows.
  var countWarning: Diagnostic? {
    guard kind == .number, use == .feature, survey.counts, survey.numbers >= 20,
      survey.missing == 0, survey.texts == 0, let first = survey.first, (0...1).contains(first)
    else { return nil }
    return Diagnostic(
      "the column '\(name)' numbers the rows, and tells nothing else", at: place,
      severity: .warning, remedy: "`\(ColumnChoice.leavingOut([name]))` leaves it out")
  }

  private var targetWarning: Diagnostic? {
    guard use == .target, let doubt = TargetChoice(survey).doubt else { return nil }
    switch doubt {
    case .classes(let values, let rows):
      return Diagnostic(
        "the target '\(name)' has \(values) different whole numbers in \(rows) rows, and each is taken "
          + "for a class", at: place, severity: .warning,
        remedy: "write `task: regression` if they are amounts, or `task: classification` if not")
    case .numbers(let values, let rows):
      return Diagnostic(
        "the target '\(name)' has \(values) different whole numbers in \(rows) rows, and is taken for "
          + "an amount", at: place, severity: .warning,
        remedy: "write `task: classification` if each is a class, or `task: regression` if not")
    }
  }
}
