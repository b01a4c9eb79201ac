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
  ///
  /// A mark that is drawn over the character before it is pointed at there.
  func excerpt(for range: SourceRange) -> Excerpt? {
    guard lines.indices.contains(range.start.line - 1) else { return nil }
    let line = Array(lines[range.start.line - 1])
    let first = min(max(0, range.start.column - 1), line.count)
    let end = max(first, min(line.count, first + range.length))
    let window = Window(around: first..<end, of: line)

    var excerpt = Cells()
    if window.shown.lowerBound > 0 { excerpt.append("…", width: 1) }
    var indent = excerpt.width
    var marked = 0
    for index in window.shown {
      let start = excerpt.width
      excerpt.append(line[index], after: index > 0 ? line[index - 1] : nil)
      if index <= first, excerpt.width > start { indent = start }
      if index < end { marked = excerpt.width - indent }
    }
    if first >= window.shown.upperBound { (indent, marked) = (excerpt.width, 1) }
    if window.shown.upperBound < line.count { excerpt.append("…", width: 1) }
    return Excerpt(
      line: excerpt.text,
      marker: String(repeating: " ", count: indent) + "^"
        + String(repeating: "~", count: max(1, marked) - 1))
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
  /// In terminal cells.
  static let longest = 96
  let shown: Range<Int>

  init(around marked: Range<Int>, of line: [Unicode.Scalar]) {
    // What takes no cell of its own counts for a part of one, so that the window has an end.
    let sizes = line.indices.map { index in
      let width = DisplayText.width(line[index], after: index > 0 ? line[index - 1] : nil)
      return line[index] == "\t" ? 4 * Cells.tabStop : max(1, 4 * width)
    }
    var room = 4 * Self.longest
    guard sizes.reduce(0, +) > room else {
      shown = line.indices
      return
    }
    var start = marked.lowerBound
    var end = start
    func extend(to limit: Int, within most: Int) {
      let reserve = room - most
      while end < limit, room - sizes[end] >= reserve {
        room -= sizes[end]
        end += 1
      }
    }
    extend(to: marked.upperBound, within: room / 2)
    let half = room / 2
    while start > 0, room - sizes[start - 1] >= half {
      start -= 1
      room -= sizes[start]
    }
    extend(to: line.count, within: room)
    while start > 0, room >= sizes[start - 1] {
      start -= 1
      room -= sizes[start]
    }
    // No mark stands alone behind the dots.
    while start > 0, start < marked.lowerBound, sizes[start] < 4 { start += 1 }
    shown = start..<end
  }
}

/// A line of terminal cells that grows to the right.
private struct Cells {
  static let tabStop = 4
  private(set) var text = ""
  private(set) var width = 0

  mutating func append(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) {
    if scalar == "\t" {
      let spaces = Self.tabStop - width % Self.tabStop
      append(String(repeating: " ", count: spaces), width: spaces)
    } else {
      append(
        DisplayText.shown(scalar, after: previous),
        width: DisplayText.width(scalar, after: previous))
    }
  }

  mutating func append(_ shown: String, width: Int) {
    text += shown
    self.width += width
  }
}
