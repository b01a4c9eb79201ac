internal import Diagnostics

/// A column with what its values look like and what it is used for.
struct SurveyedColumn {
  enum Use {
    case feature, target
    /// One of several columns that are to be predicted.
    case oneOfTargets
    /// What puts rows in order.
    case order
  }

  let name: String
  let use: Use
  let survey: ColumnSurvey

  /// Where its name stands.
  let place: SourceRange

  /// What it holds: what its user says, or else its values.
  let kind: ColumnKind

  /// What to do about texts that are not UTF-8.
  private let encodingRemedy: String

  init(
    _ name: String, at place: SourceRange, _ use: Use, _ survey: ColumnSurvey,
    kind: ColumnKind? = nil, encodingRemedy: String = TextEncoding.remedy
  ) {
    self.name = name
    self.place = place
    self.use = use
    self.survey = survey
    self.kind = kind ?? survey.kind
    self.encodingRemedy = encodingRemedy
  }

  /// Texts in a column of numbers or dates that an option makes readable: each look of them once, at the
  /// first, instead of every row that has one.
  var mistakes: [Diagnostic] {
    misfits.compactMap { look in
      guard let sighting = survey.sightings[look] else { return nil }
      let rest = sighting.count - 1
      let others =
        rest == 0 ? "" : ", nor is what \(rest) more \(rest == 1 ? "row has" : "rows have")"
      let isText = look != .undecodable
      let fact =
        isText
        ? "'\(sighting.text)' in the column '\(name)' is not a \(kind.rawValue)"
        : "the field '\(name)' is not UTF-8"
      return Diagnostic(
        fact + others,
        at: sighting.place, notes: remedies(for: look, sighting).map { Note($0) })
    }
  }

  /// The looks of texts that the column should not have.
  private var misfits: [TextLook] {
    switch kind {
    case .category, .text: [.undecodable]
    case .date:
      survey.isClock
        ? [.absent, .undecodable]
        : survey.dates > 0 ? [.absent, .otherDate, .undecodable] : []
    case .number:
      if survey.numbers == 0 {
        []
      } else if use == .target, TargetChoice(survey).task == .classification {
        survey.presentTexts == 0 ? [.absent] : [.undecodable]
      } else {
        [.absent, .styled, .unit, .undecodable]
      }
    }
  }

  private func remedies(for look: TextLook, _ sighting: ColumnSurvey.Sighting) -> [String] {
    switch look {
    case .absent:
      let list = sighting.written
      let missing =
        "where it stands for a missing value, write `missing: \(list)`, or "
        + "`missing: {\(name.written): \(list)}` for this column alone"
      return use == .target
        ? [missing, "rows without a target are left out by `bad-rows: skip`"]
        : [missing, "`kinds: {\(name.written): category}` takes it for one of several texts"]
    case .styled: return survey.style.map { [$0.remedy] } ?? []
    case .unit: return [Self.unitRemedy(name)]
    case .otherDate: return ["write dates as 2012-01-31, which says year, month and day"]
    case .undecodable: return [encodingRemedy]
    case .date, .moment, .time, .other: return []
    }
  }

  static func unitRemedy(_ name: String) -> String {
    "numbers are read without signs of money or percent: take them away in the file, or leave the column "
      + "out with `\(ColumnChoice.leavingOut([name]))`"
  }
}

extension NumberStyle {
  /// What to write so that such numbers are read.
  var remedy: String {
    var settings: [String] = []
    if decimal != Self.plain.decimal { settings.append("`decimal: ','`") }
    if let thousands {
      let mark = String(UnicodeScalar(thousands))
      settings.append("`thousands: \(mark == "'" ? "\"'\"" : "'\(mark)'")`")
    }
    return "write \(settings.joined(separator: " and ")) to read such numbers"
  }
}
