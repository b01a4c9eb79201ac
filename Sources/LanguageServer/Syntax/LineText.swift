internal import Diagnostics

/// Looks at lines of YAML text as they stand, whether or not the whole can be read.
struct LineText {
  let text: DocumentText

  var bytes: [UInt8] { text.bytes }

  /// How many spaces a line begins with.
  func indentation(of line: Int) -> Int {
    let range = text.line(line)
    var offset = range.lowerBound
    while offset < range.upperBound, bytes[offset] == 0x20 { offset += 1 }
    return offset - range.lowerBound
  }

  /// The first offset from `start` on that is no blank.
  func afterBlanks(_ start: Int, _ end: Int) -> Int {
    var offset = start
    while offset < end, Self.isBlank(bytes[offset]) { offset += 1 }
    return offset
  }

  /// Whether nothing but blanks and a comment follows.
  func isBare(_ start: Int, _ end: Int) -> Bool {
    let offset = afterBlanks(start, end)
    return offset == end || bytes[offset] == UInt8(ascii: "#")
  }

  /// Whether the mark of a list's element stands here.
  func isItem(_ offset: Int, _ end: Int) -> Bool {
    offset < end && bytes[offset] == UInt8(ascii: "-")
      && (offset + 1 == end || Self.isBlank(bytes[offset + 1]))
  }

  struct Key {
    let text: String

    /// The key as written, quotes included.
    let range: Range<Int>

    /// Behind the colon.
    let end: Int
  }

  /// The key that begins here, if a colon follows it.
  func key(at start: Int, _ end: Int) -> Key? {
    guard start < end else { return nil }
    let first = bytes[start]
    if Self.isQuote(first) {
      guard let close = closingQuote(start, end) else { return nil }
      let colon = afterBlanks(close, end)
      guard colon < end, bytes[colon] == UInt8(ascii: ":"), endsKey(colon, end) else { return nil }
      return Key(text: unquoted(start..<close), range: start..<close, end: colon + 1)
    }
    guard !"{[|>#&*!%@`,]}".utf8.contains(first) || first == UInt8(ascii: "*") else { return nil }
    var offset = start
    while offset < end {
      if bytes[offset] == UInt8(ascii: ":"), endsKey(offset, end) {
        let range = start..<beforeBlanks(start, offset)
        return Key(text: text.string(range), range: range, end: offset + 1)
      }
      if bytes[offset] == UInt8(ascii: "#"), offset > start, Self.isBlank(bytes[offset - 1]) {
        break
      }
      offset += 1
    }
    return nil
  }

  private func endsKey(_ colon: Int, _ end: Int) -> Bool {
    colon + 1 >= end || Self.isBlank(bytes[colon + 1])
  }

  /// Where the plain text that begins here ends: before a comment, or at the line's end.
  func plainEnd(_ start: Int, _ end: Int) -> Int {
    var offset = start
    while offset < end {
      if bytes[offset] == UInt8(ascii: "#"), offset == start || Self.isBlank(bytes[offset - 1]) {
        break
      }
      offset += 1
    }
    return beforeBlanks(start, offset)
  }

  func beforeBlanks(_ start: Int, _ end: Int) -> Int {
    var offset = end
    while offset > start, Self.isBlank(bytes[offset - 1]) { offset -= 1 }
    return offset
  }

  /// Behind the quote that closes the one at `start`.
  func closingQuote(_ start: Int, _ end: Int) -> Int? {
    let quote = bytes[start]
    var offset = start + 1
    while offset < end {
      if bytes[offset] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        offset += 2
      } else if bytes[offset] == quote {
        guard quote == UInt8(ascii: "'"), offset + 1 < end, bytes[offset + 1] == quote else {
          return offset + 1
        }
        offset += 2
      } else {
        offset += 1
      }
    }
    return nil
  }

  /// The text within quotes, or behind the one that is never closed.
  func unquoted(_ range: Range<Int>) -> String {
    let quote = bytes[range.lowerBound]
    let isClosed = closingQuote(range.lowerBound, range.upperBound) == range.upperBound
    let inner = text.string(
      range.lowerBound + 1..<(isClosed ? range.upperBound - 1 : range.upperBound))
    return quote == UInt8(ascii: "'")
      ? inner.replacing("''", with: "'")
      : inner.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
  }

  /// Behind the anchors and tags that stand before a value.
  func afterProperties(_ start: Int, _ end: Int) -> Int {
    var offset = afterBlanks(start, end)
    while offset < end, bytes[offset] == UInt8(ascii: "&") || bytes[offset] == UInt8(ascii: "!") {
      while offset < end, !Self.isBlank(bytes[offset]) { offset += 1 }
      offset = afterBlanks(offset, end)
    }
    return offset
  }

  /// The place of bytes as the tree's nodes carry it.
  func place(_ range: Range<Int>, in file: String) -> SourceRange {
    text.range(of: range, in: file)
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }
}
