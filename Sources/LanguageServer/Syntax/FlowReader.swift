internal import YAML

/// Reads a list or mapping in brackets, as far as it goes: what is never closed ends where a line begins
/// that is not indented by more than the line which opened it.
struct FlowReader {
  private let lines: LineText
  private let file: String

  /// How far the line is indented that the outermost bracket is on.
  private let indentation: Int
  private(set) var offset: Int
  private let end: Int
  private var depth = 0

  init(_ lines: LineText, file: String, from offset: Int, indentation: Int) {
    self.lines = lines
    self.file = file
    self.offset = offset
    self.indentation = indentation
    end = Self.limit(lines, from: offset, indentation: indentation)
  }

  /// Where the collection can be held to have ended at the latest.
  private static func limit(_ lines: LineText, from offset: Int, indentation: Int) -> Int {
    let text = lines.text
    var line = text.lineIndex(of: offset) + 1
    while line < text.lineCount {
      let range = text.line(line)
      let start = range.lowerBound + lines.indentation(of: line)
      let isBlank = lines.isBare(start, range.upperBound)
      if !isBlank, start - range.lowerBound <= indentation,
        !"]},".utf8.contains(text.bytes[start])
      {
        return text.line(line - 1).upperBound
      }
      line += 1
    }
    return text.bytes.count
  }

  private var byte: UInt8? { offset < end ? lines.bytes[offset] : nil }

  mutating func read() -> Node {
    depth += 1
    defer { depth -= 1 }
    let start = offset
    let isMapping = byte == UInt8(ascii: "{")
    offset += 1
    var entries: [Node.Entry] = []
    var elements: [Node] = []
    while let next = nextSignificant() {
      switch next {
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        offset += 1
        return node(start, isMapping, entries, elements)
      case UInt8(ascii: ","): offset += 1
      default:
        let value = readValue()
        guard nextSignificant() == UInt8(ascii: ":") else {
          isMapping ? entries.append(entry(value, nil)) : elements.append(value)
          continue
        }
        offset += 1
        let entry = entry(value, readEntryValue())
        isMapping
          ? entries.append(entry) : elements.append(Node(.mapping([entry]), at: value.range))
      }
    }
    return node(start, isMapping, entries, elements)
  }

  private func node(
    _ start: Int, _ isMapping: Bool, _ entries: [Node.Entry], _ elements: [Node]
  ) -> Node {
    Node(
      isMapping ? .mapping(entries) : .sequence(elements), at: lines.place(start..<offset, in: file)
    )
  }

  private func entry(_ key: Node, _ value: Node?) -> Node.Entry {
    Node.Entry(
      key: key.scalar?.text ?? "", keyRange: key.range,
      value: value ?? Node(.scalar(Node.Scalar("")), at: key.range))
  }

  private mutating func readEntryValue() -> Node? {
    switch nextSignificant() {
    case nil, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): nil
    default: readValue()
    }
  }

  private mutating func readValue() -> Node {
    let start = offset
    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
      // Deeper than any file that is read, the rest is one text.
      if depth < Limits.standard.depth { return read() }
      offset = end
      return Node(.scalar(Node.Scalar("")), at: lines.place(start..<start, in: file))
    }
    if let byte, LineText.isQuote(byte) {
      offset = lines.closingQuote(start, end) ?? lineEnd
      let style: Node.Scalar.Style = byte == UInt8(ascii: "'") ? .singleQuoted : .doubleQuoted
      return Node(
        .scalar(Node.Scalar(lines.unquoted(start..<offset), style: style)),
        at: lines.place(start..<offset, in: file))
    }
    skipPlain()
    let range = start..<lines.beforeBlanks(start, offset)
    return Node(
      .scalar(Node.Scalar(lines.text.string(range))), at: lines.place(range, in: file))
  }

  private var lineEnd: Int {
    min(end, lines.text.line(lines.text.lineIndex(of: offset)).upperBound)
  }

  /// Passes a text without quotes. A reference belongs to it with its braces, though YAML has it otherwise.
  private mutating func skipPlain() {
    let stop = lineEnd
    while offset < stop {
      let byte = lines.bytes[offset]
      if byte == UInt8(ascii: "$"), offset + 1 < stop, lines.bytes[offset + 1] == UInt8(ascii: "{")
      {
        offset = lines.bytes[offset..<stop].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? stop
        continue
      }
      if ",[]{}".utf8.contains(byte) { return }
      let next = offset + 1 < stop ? lines.bytes[offset + 1] : UInt8(ascii: " ")
      if byte == UInt8(ascii: ":"), LineText.isBlank(next) || ",[]{}".utf8.contains(next) { return }
      if byte == UInt8(ascii: "#"), LineText.isBlank(lines.bytes[offset - 1]) { return }
      offset += 1
    }
  }

  /// Passes blanks, line ends and comments.
  private mutating func nextSignificant() -> UInt8? {
    while let byte {
      if byte == UInt8(ascii: "#") {
        offset = lineEnd
      } else if LineText.isBlank(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        offset += 1
      } else {
        return byte
      }
    }
    return nil
  }
}
