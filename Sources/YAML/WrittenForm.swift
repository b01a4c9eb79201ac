import Diagnostics

/// What the written form of a scalar tells of a slip that leaves it valid YAML.
struct WrittenForm {
  private let scalar: Node.Scalar
  private let range: SourceRange

  init(_ scalar: Node.Scalar, at range: SourceRange) {
    self.scalar = scalar
    self.range = range
  }

  var problem: Diagnostic? {
    guard scalar.style == .plain else { return nil }
    return unseenEnd ?? typographicQuotes ?? swallowedEntry
  }

  /// A character that looks like a space, or like nothing, and belongs to the text.
  private var unseenEnd: Diagnostic? {
    let scalars = scalar.text.unicodeScalars
    guard let found = [scalars.first, scalars.last].compactMap(\.self).first(where: \.isUnseen)
    else { return nil }
    if scalars.first == found, range.start.column == 1 {
      let run = scalars.prefix { $0.isUnseen }
      return Diagnostic(
        "the \(found.title) indents nothing",
        at: SourceRange(start: range.start, length: run.count), remedy: "indent with plain spaces")
    }
    return Diagnostic(
      "the text \(scalars.first == found ? "begins" : "ends") with a character that is not seen, "
        + found.title, at: range,
      remedy: "take it away, or put the text in quotes where it belongs to it")
  }

  /// `“text”`, whose quotes belong to the text.
  private var typographicQuotes: Diagnostic? {
    let scalars = scalar.text.unicodeScalars
    guard scalars.count > 1, let first = scalars.first, let last = scalars.last,
      Self.quotes.contains(first), Self.quotes.contains(last)
    else { return nil }
    let inner = String(scalars.dropFirst().dropLast())
    return Diagnostic(
      "'\(first)' and '\(last)' are typographic quotes, which quote nothing", at: range,
      remedy: "write \"\(inner)\"")
  }

  private static let quotes = Set("“”„‟«»‹›‘’‚‛".unicodeScalars)

  /// A line that begins with `-` and is a part of the text above it.
  private var swallowedEntry: Diagnostic? {
    guard let source = scalar.source else { return nil }
    let lines = WrittenLines(source.utf8)
    guard lines.count > 1 else { return nil }
    let isDashed = lines[1].first == "-"
    for line in 2...lines.count {
      let leading = lines[line].prefix { $0.isBlank }.count
      let rest = lines[line].dropFirst(leading)
      guard rest.first == "-", isDashed || rest.dropFirst().first?.isBlank ?? true else { continue }
      let text = WrittenLines.text(rest)
      let place = SourceRange(
        file: range.start.file, line: range.start.line + line - 1, column: leading + 1,
        length: text.unicodeScalars.count)
      return isDashed
        ? Diagnostic(
          "there is no space after '-' in '\(text)'", at: place,
          remedy: "write '- ' before each element, or put the text in quotes")
        : Diagnostic(
          "'\(text)' is indented further than the list, so that it goes on with the text above it",
          at: place, remedy: "align it with the other '-', or put the text in quotes")
    }
    return nil
  }
}
