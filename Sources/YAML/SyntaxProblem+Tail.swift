import Diagnostics

extension SyntaxProblem {
  /// What stands behind a value that is complete: text after a closing quote or bracket, a bracket that
  /// closes nothing, and a `:` without a key.
  var tail: Diagnostic? {
    guard Self.interrupted.contains(message) else { return nil }
    return textAfterQuote ?? closer ?? textAfterBracket ?? colon
  }

  /// What libyaml says where something stands behind a complete value.
  static let interrupted: Set = [
    "did not find expected key", "did not find expected '-' indicator",
    "did not find expected ',' or ']'", "did not find expected ',' or '}'",
    "did not find expected <document start>", "mapping values are not allowed in this context",
    "could not find expected ':'",
  ]

  private var textAfterQuote: Diagnostic? {
    guard let end = quoteEnd else { return nil }
    let line = text[end.line]
    guard let start = line[end.column...].firstIndex(where: { !$0.isBlank }),
      !":,]}#".unicodeScalars.contains(line[start])
    else { return nil }
    let quote = line[end.column - 1]
    let isOfLines = last.isQuoted && last.startLine < end.line
    var notes = [Note("the quoted text ends here", at: range(end.line, end.column))]
    if isOfLines {
      notes.insert(
        Note("the quoted text begins here", at: range(last.startLine, last.startColumn)), at: 0)
    }
    return Diagnostic(
      "text follows the closing quote", at: range(end.line, start + 1),
      remedy: isOfLines
        ? "the text goes over several lines; most likely the quote that should close it is missing"
        : remedy(for: quote, closedAt: end.column - 1, of: line),
      notes: notes)
  }

  /// The line and the number of characters up to and with the quote that ended a text before the problem.
  private var quoteEnd: (line: Int, column: Int)? {
    if last.isQuoted, last.line == place.start.line, last.column > 1 {
      return (last.line, last.column - 1)
    }
    let before = place.start.column - 1
    if let quote = text[place.start.line, before], quote == "'" || quote == "\"",
      text[place.start.line].prefix(before - 1).contains(quote)
    {
      return (place.start.line, before)
    }
    // A quoted text that was not read as a key, since no ':' follows.
    guard message == "could not find expected ':'" else { return nil }
    let (line, column) = (contextPlace.start.line, contextPlace.start.column)
    guard let quote = text[line, column], quote == "'" || quote == "\"",
      let end = text[line][column...].firstIndex(of: quote)
    else { return nil }
    return (line, end + 1)
  }

  private func remedy(
    for quote: Unicode.Scalar, closedAt end: Int, of line: [Unicode.Scalar]
  ) -> String {
    guard let open = line[..<end].lastIndex(of: quote) else { return "quote the whole value" }
    if line[end - 1] == ":", open < end - 1 {
      let key = WrittenLines.text(line[(open + 1)..<(end - 1)])
      return "put the ':' behind the quote: \(quote)\(key)\(quote):"
    }
    if line[(end + 1)...].contains(quote) {
      return quote == "'"
        ? "write '' for an apostrophe within single quotes"
        : "write \\\" for a quote within double quotes"
    }
    let rest = line[(end + 1)...].prefix { !",]}".unicodeScalars.contains($0) }
    let whole = WrittenLines.text(line[(open + 1)..<end] + rest)
    return "quote the whole value: \(quote)\(whole)\(quote)"
  }

  private var closer: Diagnostic? {
    guard let bracket = character, bracket == "]" || bracket == "}",
      !message.contains("',' or")
    else { return nil }
    let opening = bracket == "]" ? "[" : "{"
    return Diagnostic(
      "'\(bracket)' closes nothing here", at: place,
      remedy: "take it away, or add the '\(opening)' that it belongs to")
  }

  private var textAfterBracket: Diagnostic? {
    let (line, column) = (place.start.line, place.start.column)
    let before = text[line].prefix(max(0, column - 1))
    guard let bracket = before.last(where: { !$0.isBlank }), bracket == "]" || bracket == "}",
      !message.contains("',' or"), character != ":"
    else { return nil }
    return Diagnostic(
      "text follows the closing '\(bracket)'", at: place,
      remedy: "take it away, or put the whole value in quotes")
  }

  private var colon: Diagnostic? {
    guard character == ":",
      message == "did not find expected key"
        || message == "did not find expected '-' indicator"
    else { return nil }
    return Diagnostic(
      "a key is missing before ':'", at: place, remedy: "write 'key:', or take the ':' away")
  }
}
