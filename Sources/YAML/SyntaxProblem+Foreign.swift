import Diagnostics

extension SyntaxProblem {
  /// What belongs to other formats: fences of Markdown, comments of C, placeholders of templates, and this
  /// program's own references where YAML does not let them be.
  var foreign: Diagnostic? {
    fence ?? format ?? comment ?? bareReference ?? placeholder ?? assignment
  }

  private var fence: Diagnostic? {
    let first = (1...text.count).first { !text.trimmed($0).isEmpty }
    guard
      let line = [place.start.line, first].compactMap(\.self).first(where: { line in
        ["```", "~~~"].contains { text.trimmed(line).hasPrefix($0) }
      })
    else { return nil }
    let fence = text.trimmed(line).prefix(3)
    return Diagnostic(
      "the line with '\(fence)' is a fence of Markdown", at: whole(line),
      remedy: "take the lines with '\(fence)' away")
  }

  /// A file of another format from its first line on.
  private var format: Diagnostic? {
    let first = (1...text.count).first { line in
      let trimmed = text.trimmed(line)
      return !trimmed.isEmpty && (!trimmed.hasPrefix("#") || trimmed.hasPrefix("#!/"))
    }
    guard let line = first, let format = ForeignFormat(firstLine: text.trimmed(line))
    else { return nil }
    return format.diagnostic(at: whole(line))
  }

  private var comment: Diagnostic? {
    // Within brackets the comment and the key behind it were read before the parser minds.
    let above = message.contains("',' or") ? 1 : 0
    for line in max(1, lines.lowerBound - above)...lines.upperBound {
      let leading = text[line].prefix { $0.isBlank }.count
      let begin = String(String.UnicodeScalarView(text[line].dropFirst(leading).prefix(2)))
      guard begin == "//" || begin == "/*" else { continue }
      return Diagnostic(
        "'\(begin)' begins no comment", at: range(line, leading + 1, length: 2),
        remedy: "comments begin with '#'")
    }
    return nil
  }

  /// `[${vars.x}]`, where YAML takes the brace for the beginning of a mapping.
  private var bareReference: Diagnostic? {
    let (line, column) = (place.start.line, place.start.column)
    guard message.hasPrefix("did not find expected ',' or"), character == "{",
      text[line, column - 1] == "$"
    else { return nil }
    let scalars = text[line]
    var start = column - 2
    while start > 0, !"[{,".unicodeScalars.contains(scalars[start - 1]),
      !(scalars[start - 1] == " " && start > 1 && scalars[start - 2] == ":")
    {
      start -= 1
    }
    while scalars[start].isBlank { start += 1 }
    var depth = 0
    let behind = scalars[(column - 1)...].prefix { scalar in
      if scalar == "{" { depth += 1 }
      if scalar == "}" { depth -= 1 }
      return depth > 0 || !",]}".unicodeScalars.contains(scalar) || (scalar == "}" && depth == 0)
    }
    let written = WrittenLines.text(scalars[start..<(column - 1)] + behind)
    return Diagnostic(
      "within [ ] and { } a reference needs quotes",
      at: range(line, start + 1, length: written.unicodeScalars.count),
      remedy: "write \"\(written)\"")
  }

  /// Jinja's `{{ … }}` and `{% … %}` without quotes.
  private var placeholder: Diagnostic? {
    let (line, column) = (place.start.line, place.start.column)
    let scalars = text[line]
    if character == "%", text[line, column - 1] == "{" {
      return Diagnostic(
        "'{% … %}' is Jinja's and does nothing here", at: range(line, column - 1, length: 2),
        remedy:
          "write the file out; a 'matrix' repeats a stage, and 'when' makes it depend on a condition"
      )
    }
    let before = scalars.prefix(max(0, column - 1))
    guard before.suffix(2).elementsEqual("}}".unicodeScalars) else { return nil }
    let start = before.indices.dropLast().last {
      before[$0] == "{" && before[$0 + 1] == "{"
        && (before.startIndex == $0 || before[$0 - 1] != "{")
    }
    return start.flatMap { Placeholder(in: text[line], at: $0) }?.diagnostic(place.start.file, line)
  }

  private var assignment: Diagnostic? {
    guard message == "could not find expected ':'" else { return nil }
    let line = contextPlace.start.line
    let parts = text.trimmed(line).split(separator: "=", maxSplits: 1).map {
      WrittenLines.text($0.unicodeScalars)
    }
    guard parts.count == 2, !parts[0].isEmpty,
      parts[0].unicodeScalars.allSatisfy(\.isNamePart)
    else { return nil }
    let column = (text[line].firstIndex(of: "=") ?? 0) + 1
    return Diagnostic(
      "'=' gives no value to a key", at: range(line, column),
      remedy: "write '\(parts[0]): \(parts[1])'")
  }

  /// The place of a whole line.
  private func whole(_ line: Int) -> SourceRange {
    let leading = text[line].prefix { $0.isBlank }.count
    return range(line, leading + 1, length: text.trimmed(line).unicodeScalars.count)
  }
}

extension Unicode.Scalar {
  /// Whether it stands in names as people choose them for keys.
  var isNamePart: Bool {
    self == "_" || self == "-" || self == "." || (isASCII && properties.isAlphabetic)
      || ("0"..."9").contains(self)
  }
}
