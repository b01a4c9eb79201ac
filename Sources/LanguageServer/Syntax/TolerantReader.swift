internal import YAML

/// Reads a document that YAML's own reader refuses, by its lines and their indentation.
///
/// The tree has what could be made out. Anchors and aliases mean nothing in it.
struct TolerantReader {
  private let text: DocumentText
  private let file: String
  private let lines: LineText
  private var blocks: BlockStack
  private var line = 0

  init(_ text: DocumentText, file: String) {
    self.text = text
    self.file = file
    lines = LineText(text: text)
    blocks = BlockStack(at: lines.place(0..<0, in: file))
  }

  /// The whole document.
  static func tree(of text: DocumentText, file: String) -> Node {
    var reader = TolerantReader(text, file: file)
    while reader.line < text.lineCount { reader.readLine() }
    return reader.blocks.finished()
  }

  /// What surrounds a place, for completing what is written there; `nil` within a comment.
  static func place(at cursor: Int, in text: DocumentText) -> CursorPlace? {
    let last = text.lineIndex(of: cursor)
    var reader = TolerantReader(text, file: "")
    let start = reader.read(upTo: last)
    if start < last {
      // A value that goes on over the cursor's line is looked at from its own beginning.
      reader = TolerantReader(text, file: "")
      _ = reader.read(upTo: start)
    }
    var cursorReader = CursorReader(text, at: cursor, in: reader.blocks)
    return cursorReader.place(onLine: start)
  }

  /// Reads the lines before one, and returns that line, or the one with the value that goes on over it.
  private mutating func read(upTo last: Int) -> Int {
    var start = line
    while line < last {
      start = line
      readLine()
    }
    return line == last ? last : start
  }

  /// Reads a line and those that belong to its value.
  private mutating func readLine() {
    let range = text.line(line)
    let indentation = lines.indentation(of: line)
    let start = range.lowerBound + indentation
    line += 1
    guard !lines.isBare(start, range.upperBound), !isMark(range) else { return }
    readContent(at: start, column: indentation, range.upperBound)
  }

  /// Whether a line is one of YAML's own, such as `---`.
  private func isMark(_ range: Range<Int>) -> Bool {
    let bytes = text.bytes[range]
    return bytes.starts(with: "---".utf8) || bytes.starts(with: "...".utf8)
      || bytes.first == UInt8(ascii: "%")
  }

  private mutating func readContent(at start: Int, column: Int, _ end: Int) {
    if lines.isItem(start, end) {
      blocks.beginItem(at: column, lines.place(start..<start + 1, in: file))
      let content = lines.afterBlanks(start + 1, end)
      guard !lines.isBare(content, end) else { return }
      return readContent(at: content, column: column + content - start, end)
    }
    if let key = lines.key(at: start, end) {
      blocks.beginEntry(key.text, at: column, lines.place(key.range, in: file))
      let value = lines.afterProperties(key.end, end)
      if !lines.isBare(value, end), let node = readValue(at: value, column: column, end) {
        blocks.setValue(node)
      }
    } else if blocks.awaitsValue(at: column),
      let node = readValue(at: lines.afterProperties(start, end), column: column, end)
    {
      blocks.setValue(node)
    }
  }

  private mutating func readValue(at start: Int, column: Int, _ end: Int) -> Node? {
    guard start < end else { return nil }
    switch text.bytes[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var reader = FlowReader(lines, file: file, from: start, indentation: column)
      let node = reader.read()
      continueBehind(reader.offset)
      return node
    case UInt8(ascii: "|"), UInt8(ascii: ">"): return readBlock(at: start, column: column)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let close = lines.closingQuote(start, quoteLimit(column: column)) ?? end
      continueBehind(close)
      let style: Node.Scalar.Style =
        text.bytes[start] == UInt8(ascii: "'") ? .singleQuoted : .doubleQuoted
      return Node(
        .scalar(Node.Scalar(lines.unquoted(start..<close), style: style)),
        at: lines.place(start..<close, in: file))
    case UInt8(ascii: "*"): return nil
    default:
      let range = start..<lines.plainEnd(start, end)
      return Node(.scalar(Node.Scalar(text.string(range))), at: lines.place(range, in: file))
    }
  }

  /// Reads the indented lines behind `|` or `>`.
  private mutating func readBlock(at start: Int, column: Int) -> Node {
    var content: [String] = []
    while line < text.lineCount {
      let range = text.line(line)
      let isBlank = lines.afterBlanks(range.lowerBound, range.upperBound) == range.upperBound
      guard isBlank || lines.indentation(of: line) > column else { break }
      content.append(text.string(range))
      line += 1
    }
    let block = content.joined(separator: "\n")
    return Node(
      .scalar(Node.Scalar(block, style: .literal)), at: lines.place(start..<start + 1, in: file))
  }

  /// How far a quoted text may reach: over the lines that are indented by more than its key.
  private func quoteLimit(column: Int) -> Int {
    var last = line
    while last < text.lineCount {
      let range = text.line(last)
      let isBlank = lines.afterBlanks(range.lowerBound, range.upperBound) == range.upperBound
      guard isBlank || lines.indentation(of: last) > column else { break }
      last += 1
    }
    return text.line(last - 1).upperBound
  }

  private mutating func continueBehind(_ offset: Int) {
    line = max(line, text.lineIndex(of: offset) + 1)
  }
}
