import Diagnostics

extension SyntaxProblem {
  /// A `:` within a value that is not in quotes: a text with a colon in it, or the key of a line that is
  /// indented too far.
  var runOn: Diagnostic? {
    guard message == "mapping values are not allowed in this context", character == ":" else {
      return nil
    }
    return indentedKey ?? colonInText
  }

  /// A line of a text below `|` or `>` that is indented too little to belong to it.
  var blockText: Diagnostic? {
    let isKeyless = message == "could not find expected ':'"
    guard isKeyless || message == "did not find expected key" else { return nil }
    let line = isKeyless ? contextPlace.start.line : place.start.line
    let indent = indentation(of: line)
    var above = line - 1
    while above > 0, text.trimmed(above).isEmpty || indentation(of: above) > indent { above -= 1 }
    let head = text.trimmed(above)
    let key = head.prefix { $0 != ":" && $0 != " " }
    guard above > 0, let sign = head.split(separator: " ").last?.first, sign == "|" || sign == ">",
      head.contains(":"), indent < text[line].count
    else { return nil }
    let isFirst = above + 1 == line
    guard isFirst ? isKeyless : indentation(of: above) < indent else { return nil }
    return Diagnostic(
      "the line does not belong to the text of '\(key)', since it is indented "
        + (isFirst ? "no further" : "less than the lines above"),
      at: range(line, indent + 1, length: text.trimmed(line).unicodeScalars.count),
      remedy: isFirst ? "indent it further than '\(key)'" : "indent it as far as they are")
  }

  /// `a: 1` and, further to the right on the line below, `b: 2`.
  private var indentedKey: Diagnostic? {
    let line = place.start.line
    guard last.startLine < line, last.line == line else { return nil }
    let scalars = text[line]
    let start = scalars.prefix { $0 == " " }.count
    let key = WrittenLines.text(scalars[start..<(place.start.column - 1)])
    let above = WrittenLines.text(text[last.startLine].prefix { $0 != ":" })
    guard !key.isEmpty, key.unicodeScalars.allSatisfy(\.isNamePart), !above.isEmpty else {
      return nil
    }
    return Diagnostic(
      "'\(key)' is indented further than '\(above)', which has a value of its own",
      at: range(line, start + 1, length: key.unicodeScalars.count),
      remedy: "align it with '\(above)', or take that value away")
  }

  private var colonInText: Diagnostic? {
    let scalars = text[place.start.line]
    guard
      let colon = scalars.indices.first(where: {
        scalars[$0] == ":" && $0 + 1 < scalars.count && scalars[$0 + 1].isBlank
      }), colon + 1 < place.start.column - 1
    else { return nil }
    let key = WrittenLines.text(scalars[..<colon]).split(separator: " ").last.map(String.init) ?? ""
    let value = WrittenLines.text(scalars[(colon + 1)...])
    return Diagnostic(
      "a ':' stands where no key can be", at: place,
      remedy: "put the nested key on a line of its own, or, if the ':' belongs to the text, "
        + (Self.quoted(value).map { "write \($0)" } ?? "write '\(key): |' and the text below it"))
  }

  /// A short text in the quotes that it does not have in it.
  private static func quoted(_ text: String) -> String? {
    guard text.count <= 60, !text.contains(" #") else { return nil }
    if !text.contains("'") { return "'\(text)'" }
    return text.contains("\"") || text.contains("\\") ? nil : "\"\(text)\""
  }
}
