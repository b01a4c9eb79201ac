package import Diagnostics

extension Node {
  /// The place of a part of a scalar's text, such as a reference within it.
  ///
  /// Where the written form has escapes that hide the part's place, the place of the whole scalar is the
  /// answer.
  /// - Parameters:
  ///   - offset: The part's beginning in Unicode scalars of the text.
  ///   - length: The part's length in Unicode scalars.
  package func range(ofPartAt offset: Int, length: Int) -> SourceRange {
    ranges(ofPartsAt: [(offset, length)]).first ?? range
  }

  /// The places of several parts of a scalar's text, which come one after the other.
  package func ranges(ofPartsAt parts: [(offset: Int, length: Int)]) -> [SourceRange] {
    guard let scalar else { return parts.map { _ in range } }
    if let source = scalar.source {
      var written = WrittenScalar(source, style: scalar.style, at: range.start)
      let starts = written.locations(of: parts.map(\.offset), in: scalar.text)
      return zip(starts, parts).map { start, part in
        start.map { SourceRange(start: $0, length: part.length) } ?? range
      }
    }
    let quotes = scalar.style.quotes
    guard range.length == scalar.text.unicodeScalars.count + 2 * quotes else {
      return parts.map { _ in range }
    }
    return parts.map { offset, length in
      var part = range
      part.start.column += quotes + offset
      part.length = max(1, length)
      return part
    }
  }
}

extension Node.Scalar.Style {
  /// How many quotes there are at each end, at the least.
  var quotes: Int { self == .plain ? 0 : 1 }
}

/// A scalar as a file has it, over several lines or with escapes, walked along with its text.
private struct WrittenScalar {
  private let source: [Unicode.Scalar]
  private let style: Node.Scalar.Style
  private var position = 0
  private var place: SourceLocation

  init(_ source: String, style: Node.Scalar.Style, at start: SourceLocation) {
    self.source = Array(source.unicodeScalars)
    self.style = style
    place = start
  }

  /// Where characters of the text are written, in ascending order; nil from where on the two cannot be
  /// told to agree.
  ///
  /// White space agrees with any white space, because lines are folded and indentation is taken away.
  mutating func locations(of offsets: [Int], in text: String) -> [SourceLocation?] {
    var found: [SourceLocation?] = []
    var isSpaceBefore = false
    skipOpening()
    for (index, scalar) in text.unicodeScalars.enumerated() where found.count < offsets.count {
      guard !Self.isSpace(scalar) else {
        isSpaceBefore = true
        continue
      }
      let hasSkipped = skipSpace()
      guard isSpaceBefore || !hasSkipped, skipEscape(of: scalar), position < source.count,
        source[position] == scalar
      else { break }
      if index == offsets[found.count] { found.append(place) }
      advance()
      isSpaceBefore = false
    }
    return found + [SourceLocation?](repeating: nil, count: offsets.count - found.count)
  }

  /// Passes the quote, or the line of `|` or `>`.
  private mutating func skipOpening() {
    switch style {
    case .plain: break
    case .singleQuoted, .doubleQuoted: advance()
    case .literal, .folded:
      while position < source.count, !Self.isBreak(source[position]) { advance() }
    }
    _ = skipSpace()
  }

  /// Passes white space, escaped too, and says whether there was any.
  private mutating func skipSpace() -> Bool {
    let start = position
    while position < source.count {
      if Self.isSpace(source[position]) {
        advance()
      } else if style == .doubleQuoted, source[position] == "\\", position + 1 < source.count,
        Self.isBreak(source[position + 1]) || "nrt ".unicodeScalars.contains(source[position + 1])
      {
        advance()
        advance()
      } else {
        break
      }
    }
    return position > start
  }

  /// Passes what stands before an escaped character; false for escapes by number.
  private mutating func skipEscape(of scalar: Unicode.Scalar) -> Bool {
    let mark: Unicode.Scalar = style == .doubleQuoted ? "\\" : "'"
    let isEscaped =
      position + 1 < source.count && source[position] == mark && source[position + 1] == scalar
    switch style {
    case .doubleQuoted where isEscaped && "\"\\/".unicodeScalars.contains(scalar): advance()
    case .singleQuoted where isEscaped && scalar == "'": advance()
    case .doubleQuoted: return source[position...].first != "\\"
    case .plain, .singleQuoted, .literal, .folded: break
    }
    return true
  }

  private mutating func advance() {
    guard position < source.count else { return }
    let scalar = source[position]
    position += 1
    if scalar == "\r", position < source.count, source[position] == "\n" { position += 1 }
    if Self.isBreak(scalar) {
      place.line += 1
      place.column = 1
    } else {
      place.column += 1
    }
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains(scalar)
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || isBreak(scalar)
  }
}
