/// Walks through brackets up to a place, and says in which of them it lies.
struct FlowContext {
  private struct Bracket {
    let isMapping: Bool
    var key: String?
    var index = 0

    var steps: [Step] {
      (isMapping ? [] : [Step.item(index)]) + (key.map { [Step.key($0)] } ?? [])
    }
  }

  private let lines: LineText
  private let cursor: Int
  private var brackets: [Bracket] = []

  /// Where the word begins that is being passed.
  private var wordStart: Int?

  /// A text in quotes that was passed and may be a key.
  private var quoted: String?

  /// Where the quote stands that is open at the place.
  private var openQuote: Int?

  /// Whether the place is one where nothing is completed: a comment, or behind the last bracket.
  private var isOutside = false
  private var needsSpace = false

  init(_ lines: LineText, from start: Int, to cursor: Int) {
    self.lines = lines
    self.cursor = cursor
    walk(from: start)
  }

  /// - Parameter path: that of the outermost bracket.
  func place(below path: [Step]) -> CursorPlace? {
    guard !isOutside, let innermost = brackets.last else { return nil }
    let start = openQuote.map { $0 + 1 } ?? wordStart ?? cursor
    if openQuote == nil, wordStart != nil, LineText.isBlank(lines.bytes[cursor - 1]) { return nil }
    let isKey = innermost.isMapping && innermost.key == nil
    let end = wordEnd
    return CursorPlace(
      path: path + brackets.flatMap(\.steps), allowsKey: isKey, allowsValue: !isKey,
      prefix: start..<cursor, word: start..<max(cursor, end), isFlow: true,
      quote: openQuote.map { lines.bytes[$0] }, needsSpace: needsSpace,
      hasColon: isKey && lines.bytes[end...].first == UInt8(ascii: ":"))
  }

  private mutating func walk(from start: Int) {
    var offset = start
    while offset < cursor, !isOutside, openQuote == nil {
      offset = pass(lines.bytes[offset], at: offset)
    }
  }

  /// Passes what begins at an offset and returns where the next begins.
  private mutating func pass(_ byte: UInt8, at offset: Int) -> Int {
    switch byte {
    case UInt8(ascii: "#") where LineText.isBlank(lines.bytes[offset - 1]):
      let end = lines.text.line(lines.text.lineIndex(of: offset)).upperBound
      isOutside = cursor <= end
      return end
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard wordStart == nil else { break }
      return passQuoted(from: offset)
    case UInt8(ascii: "$") where lines.bytes[(offset + 1)...].first == UInt8(ascii: "{"):
      wordStart = wordStart ?? offset
      return lines.bytes[offset..<cursor].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? cursor
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      brackets.append(Bracket(isMapping: byte == UInt8(ascii: "{")))
      endWord()
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      _ = brackets.popLast()
      endWord()
      isOutside = brackets.isEmpty
    case UInt8(ascii: ","):
      change { $0.key = nil }
      change { $0.index += 1 }
      endWord()
    case UInt8(ascii: ":") where endsKey(offset):
      let key = quoted ?? wordStart.map { lines.text.string($0..<lines.beforeBlanks($0, offset)) }
      change { $0.key = key ?? "" }
      endWord()
      needsSpace = offset + 1 == cursor
    case _ where LineText.isBlank(byte), UInt8(ascii: "\n"), UInt8(ascii: "\r"): needsSpace = false
    default: wordStart = wordStart ?? offset
    }
    return offset + 1
  }

  private mutating func passQuoted(from offset: Int) -> Int {
    guard let close = lines.closingQuote(offset, lines.bytes.count), close <= cursor else {
      openQuote = offset
      return cursor
    }
    quoted = lines.unquoted(offset..<close)
    return close
  }

  private func endsKey(_ offset: Int) -> Bool {
    guard offset + 1 < lines.bytes.count, quoted == nil else { return true }
    let next = lines.bytes[offset + 1]
    return LineText.isBlank(next) || ",[]{}\n\r".utf8.contains(next)
  }

  private mutating func change(_ body: (inout Bracket) -> Void) {
    guard !brackets.isEmpty else { return }
    body(&brackets[brackets.count - 1])
  }

  private mutating func endWord() {
    wordStart = nil
    quoted = nil
    needsSpace = false
  }

  /// Where the word ends that the place is in.
  private var wordEnd: Int {
    let bytes = lines.bytes
    let lineEnd = lines.text.line(lines.text.lineIndex(of: cursor)).upperBound
    if let openQuote {
      return lines.closingQuote(openQuote, lineEnd).map { $0 - 1 } ?? lineEnd
    }
    var offset = cursor
    while offset < lineEnd, !",[]{}:# ".utf8.contains(bytes[offset]) { offset += 1 }
    return offset
  }
}
