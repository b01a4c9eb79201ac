/// A file's text, from which the line of a diagnostic is shown.
struct SourceText: Sendable {
  private let lines: [Substring.UnicodeScalarView]

  init(_ text: String) {
    var scalars = text.unicodeScalars[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    lines = Self.split(scalars)
  }

  struct Excerpt: Equatable {
    let line: String
    let marker: String
  }

  /// The source line with tabs made spaces and a marker line below it; nil outside the text.
  func excerpt(for range: SourceRange) -> Excerpt? {
    guard lines.indices.contains(range.start.line - 1) else { return nil }
    let scalars = Array(lines[range.start.line - 1])
    let first = min(max(0, range.start.column - 1), scalars.count)
    let end = min(scalars.count, first + range.length)
    let window = Window(around: first..<max(first, end), of: scalars.count)

    var excerpt = Cells()
    if window.shown.lowerBound > 0 { excerpt.append("…", width: 1) }
    for index in window.shown.lowerBound..<first { excerpt.append(scalars[index]) }
    let indent = excerpt.width
    for index in first..<min(end, window.shown.upperBound) { excerpt.append(scalars[index]) }
    let marked = max(1, excerpt.width - indent)
    for index in max(first, min(end, window.shown.upperBound))..<window.shown.upperBound {
      excerpt.append(scalars[index])
    }
    if window.shown.upperBound < scalars.count { excerpt.append("…", width: 1) }
    return Excerpt(
      line: excerpt.text,
      marker: String(repeating: " ", count: indent) + "^"
        + String(repeating: "~", count: marked - 1))
  }

  /// Splits where YAML 1.2 breaks lines, so that line numbers agree with the parser's.
  private static func split(
    _ scalars: Substring.UnicodeScalarView
  ) -> [Substring.UnicodeScalarView] {
    var lines: [Substring.UnicodeScalarView] = []
    var start = scalars.startIndex
    var index = start
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      switch scalar {
      case "\n":
        lines.append(scalars[start..<index])
        start = next
      case "\r":
        lines.append(scalars[start..<index])
        start = next
        if next < scalars.endIndex, scalars[next] == "\n" { start = scalars.index(after: next) }
      default: break
      }
      index = max(next, start)
    }
    lines.append(scalars[start...])
    return lines
  }
}

/// The part of a long line that is worth showing.
private struct Window {
  static let longest = 96
  let shown: Range<Int>

  init(around marked: Range<Int>, of count: Int) {
    guard count > Self.longest else {
      shown = 0..<count
      return
    }
    let markedCount = min(marked.count, Self.longest / 2)
    let before = (Self.longest - markedCount) / 2
    let start = min(max(0, marked.lowerBound - before), count - Self.longest)
    shown = start..<(start + Self.longest)
  }
}

/// A line of terminal cells that grows to the right.
private struct Cells {
  private static let tabStop = 4
  private(set) var text = ""
  private(set) var width = 0

  mutating func append(_ scalar: Unicode.Scalar) {
    if scalar == "\t" {
      let spaces = Self.tabStop - width % Self.tabStop
      append(String(repeating: " ", count: spaces), width: spaces)
    } else {
      append(DisplayText.shown(scalar), width: DisplayText.width(scalar))
    }
  }

  mutating func append(_ shown: String, width: Int) {
    text += shown
    self.width += width
  }
}
