internal import Diagnostics

/// Looks over all texts of a category or a target's classes for what their user should know.
struct LabelReview {
  enum Role { case category, target }

  private let role: Role
  private let name: String
  private let place: SourceRange
  private let texts: [String]
  private let rows: Int

  /// - Parameters:
  ///   - texts: The different ones.
  ///   - rows: How many rows have one.
  init(_ role: Role, _ name: String, at place: SourceRange, texts: [String], rows: Int) {
    self.role = role
    self.name = name
    self.place = place
    self.texts = texts
    self.rows = rows
  }

  var warnings: [Diagnostic] {
    [differenceWarning, caseWarning, zeroWarning, singleWarning].compactMap { $0 }
  }

  /// Fewer different texts than this are no identifiers.
  private static let fewestIdentifiers = 20

  /// Texts most of which stand in one row only, as names and identifiers do.
  private var differenceWarning: Diagnostic? {
    guard texts.count >= Self.fewestIdentifiers, 2 * texts.count > rows else { return nil }
    let fact = "has \(texts.count) different texts in \(rows.counted("row"))"
    switch role {
    case .category:
      return Diagnostic(
        "the column '\(name)' \(fact), so that nearly none tells of another row", at: place,
        severity: .warning,
        notes: (contentRemedies + ["`\(ColumnChoice.leavingOut([name]))` leaves it out"])
          .map { Note($0) })
    case .target:
      return Diagnostic(
        "the target '\(name)' \(fact), and each is taken for a class", at: place,
        severity: .warning, remedy: "name a column of few classes, or of numbers")
    }
  }

  /// How to read texts that nearly all differ for what they hold: words, or the names of files.
  private var contentRemedies: [String] {
    let forms = [
      ([".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"], "kind: image, size: 64"),
      ([".wav", ".flac", ".ogg", ".aiff"], "kind: audio, seconds: 1"),
    ]
    for (endings, form) in forms {
      let named = texts.count { text in endings.contains { text.lowercased().hasSuffix($0) } }
      guard 5 * named >= 4 * texts.count else { continue }
      return [
        "`features: {\(name.written): {columns: \(name.written), \(form)}}` reads the files that it "
          + "names; other columns are declared beside it"
      ]
    }
    let blanks = texts.reduce(0) { $0 + $1.utf8.count { $0 == UInt8(ascii: " ") } }
    return blanks >= 2 * texts.count
      ? ["`kinds: {\(name.written): text}` reads it by its words"] : []
  }

  /// Texts that differ in capitals alone.
  private var caseWarning: Diagnostic? {
    var known: [String: String] = [:]
    for text in texts {
      guard let other = known.updateValue(text, forKey: text.lowercased()) else { continue }
      let noun = role == .target ? "classes" : "texts"
      return Diagnostic(
        "'\(other)' and '\(text)' are two \(noun) of the column '\(name)'", at: place,
        severity: .warning, remedy: "write them alike in the file if they mean the same")
    }
    return nil
  }

  /// Digits that zeros in front tell from the same number.
  private var zeroWarning: Diagnostic? {
    var known: [Double: String] = [:]
    for text in texts {
      guard let number = Cell.number(Array(text.utf8)[...]), number.isFinite,
        let other = known.updateValue(text, forKey: number),
        [text, other].contains(where: { Cell.hasLeadingZero(Array($0.utf8)[...]) })
      else { continue }
      let noun = role == .target ? "classes" : "texts"
      return Diagnostic(
        "'\(other)' and '\(text)' are two \(noun) of the column '\(name)'", at: place,
        severity: .warning, remedy: "write them alike in the file if they mean the same number")
    }
    return nil
  }

  /// A single text, which tells nothing.
  private var singleWarning: Diagnostic? {
    guard texts.count == 1, rows > 1 else { return nil }
    return Diagnostic(
      "every row has '\(texts[0])' in the column '\(name)'", at: place, severity: .warning,
      remedy: role == .target
        ? "a model needs rows of at least two classes"
        : "`\(ColumnChoice.leavingOut([name]))` leaves it out")
  }
}
