import Diagnostics

extension SyntaxProblem {
  /// A `,` that is missing between the members of `{ }` and `[ ]`.
  var missingComma: Diagnostic? {
    guard isWithinBrackets, !isOutdented else { return nil }
    return wideComma ?? commaBeforeKey ?? commaBeforeValue
  }

  /// A bracket without the one that closes it, or closed by one of the other kind.
  var unclosed: Diagnostic? {
    guard isWithinBrackets, let opening = text[contextPlace.start.line, contextPlace.start.column],
      opening == "[" || opening == "{"
    else { return nil }
    let closing = opening == "[" ? "]" : "}"
    if let character, character == "]" || character == "}" {
      return Diagnostic(
        "'\(character)' does not close '\(opening)'", at: place,
        remedy: "write '\(closing)' there, or before it",
        notes: [Note("the '\(opening)' is here", at: contextPlace)])
    }
    guard isOutdented || isAtEnd else { return nil }
    return Diagnostic(
      "'\(opening)' is not closed", at: contextPlace, remedy: "add the '\(closing)' behind its end")
  }

  private var isWithinBrackets: Bool { message.hasPrefix("did not find expected ',' or") }

  /// Whether nothing follows.
  private var isAtEnd: Bool {
    let rest = text[place.start.line].dropFirst(place.start.column - 1)
    return rest.allSatisfy(\.isBlank)
      && (place.start.line..<max(place.start.line, text.count)).allSatisfy {
        text.trimmed($0 + 1).isEmpty
      }
  }

  /// Whether the line is indented no further than the one in which the bracket was opened behind a key, as
  /// those are that belong to the mapping around it.
  private var isOutdented: Bool {
    let (line, column) = (contextPlace.start.line, contextPlace.start.column)
    let begin = indentation(of: line)
    return place.start.line > line && begin < column - 1
      && indentation(of: place.start.line) <= begin
      && !text.trimmed(place.start.line).isEmpty
  }

  private var wideComma: Diagnostic? {
    for line in min(last.startLine, place.start.line)...place.start.line {
      let first = line == last.startLine ? min(last.startColumn - 1, text[line].count) : 0
      let rest = text[line][first...]
      guard !last.isQuoted, let index = rest.firstIndex(where: { Self.wideCommas.contains($0) })
      else { continue }
      return Diagnostic(
        "the \(rest[index].title) is not the ',' of YAML", at: range(line, index + 1),
        remedy: "write ',' and a space")
    }
    return nil
  }

  private static let wideCommas: Set<Unicode.Scalar> = [
    "\u{FF0C}", "\u{3001}", "\u{FE50}", "\u{60C}",
  ]

  /// `{csv: d.csv target: t}`, where the value goes on up to the `:`.
  private var commaBeforeKey: Diagnostic? {
    let line = place.start.line
    guard character == ":", !last.isQuoted, last.line == line, last.column == place.start.column
    else { return nil }
    let start = last.startLine == line ? last.startColumn - 1 : indentation(of: line)
    let written = text[line][start..<(place.start.column - 1)]
    let blank = written.lastIndex(where: \.isBlank)
    guard last.startLine < line || blank != nil else { return nil }
    let begin = last.startLine < line ? start : written.index(after: blank ?? start)
    let key = WrittenLines.text(written[begin...])
    guard !key.isEmpty else { return nil }
    let value = WrittenLines.text(written[..<begin])
    return missing(
      before: key, at: range(line, begin + 1, length: key.unicodeScalars.count),
      remedy: value.isEmpty
        ? "end the line above with ','"
        : "write '\(value), \(key):', or put the text in quotes if the ':' belongs to it")
  }

  /// `{a: "x" b: 1}` and `[{a: 1} {b: 2}]`, where a value is complete before the next begins.
  private var commaBeforeValue: Diagnostic? {
    let (line, column) = (place.start.line, place.start.column)
    guard let character, !":,]}".unicodeScalars.contains(character), last.line <= line,
      last.line < line || last.column <= column
    else { return nil }
    let rest = text[line].dropFirst(column - 1)
    let isQuoted = character == "\"" || character == "'"
    let isOpening = character == "[" || character == "{"
    let word =
      isQuoted
      ? Array(rest.prefix(1)) + rest.dropFirst().prefix { $0 != character } + [character]
      : Array(rest.prefix { !$0.isBlank && !":,[]{}".unicodeScalars.contains($0) })
    let next = rest.dropFirst(word.count).first { !$0.isBlank }
    guard
      isOpening || (next == ":" && word.count < rest.count)
        || (isQuoted && (next == nil || next == "," || next == "]"))
    else { return nil }
    let shown = isOpening ? String(character) : WrittenLines.text(word)
    return missing(
      before: shown, at: range(line, column, length: max(1, word.count)),
      remedy: last.line < line ? "end the line above with ','" : "separate the two with ', '")
  }

  private func missing(
    before word: String, at place: SourceRange, remedy: String
  ) -> Diagnostic {
    Diagnostic("a ',' is missing before '\(word)'", at: place, remedy: Note(remedy))
  }
}
