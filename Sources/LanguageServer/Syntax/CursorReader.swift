internal import Diagnostics
internal import YAML

/// Finds out what surrounds a place, from the blocks that are open where its line begins.
struct CursorReader {
  private let lines: LineText
  private let text: DocumentText
  private let cursor: Int
  private var blocks: BlockStack

  init(_ text: DocumentText, at cursor: Int, in blocks: BlockStack) {
    lines = LineText(text: text)
    self.text = text
    self.cursor = cursor
    self.blocks = blocks
  }

  /// - Parameter line: the line of the place, or the one on which its value begins.
  mutating func place(onLine line: Int) -> CursorPlace? {
    let range = text.line(line)
    let indentation = lines.indentation(of: line)
    let start = range.lowerBound + indentation
    if cursor < start || lines.afterBlanks(start, range.upperBound) == range.upperBound {
      let isBlank = lines.afterBlanks(start, range.upperBound) == range.upperBound
      return isBlank && cursor <= range.upperBound
        ? key(column: cursor - range.lowerBound, cursor..<cursor) : nil
    }
    return content(at: start, column: indentation, range.upperBound)
  }

  private mutating func content(at start: Int, column: Int, _ end: Int) -> CursorPlace? {
    if lines.isItem(start, end) {
      guard cursor > start else { return nil }
      blocks.beginItem(at: column, Self.nowhere)
      let content = lines.afterBlanks(start + 1, end)
      guard cursor >= content, content < end else {
        var place = key(column: column + cursor - start, cursor..<cursor)
        place.needsSpace = cursor == start + 1
        return place
      }
      return self.content(at: content, column: column + content - start, end)
    }
    guard let written = lines.key(at: start, end) else {
      return word(at: start, column: column, end)
    }
    if cursor <= written.range.upperBound {
      var place = key(column: column, written.range)
      place.hasColon = true
      place.allowsValue = false
      return place
    }
    blocks.beginEntry(written.text, at: column, Self.nowhere)
    let value = lines.afterProperties(written.end, end)
    guard cursor >= value, !lines.isBare(value, end) else {
      guard cursor >= written.end, cursor <= value else { return nil }
      return self.value(cursor..<cursor, needsSpace: cursor == written.end)
    }
    return self.value(at: value, end)
  }

  /// A word that may become a key, or is a value already.
  private mutating func word(at start: Int, column: Int, _ end: Int) -> CursorPlace? {
    if "{[|>\"'".utf8.contains(text.bytes[start]) {
      _ = blocks.awaitsValue(at: column)
      return value(at: start, end)
    }
    let word = start..<lines.plainEnd(start, end)
    guard cursor <= word.upperBound else { return nil }
    return key(column: column, word)
  }

  private func key(column: Int, _ word: Range<Int>) -> CursorPlace {
    let container = blocks.container(at: column)
    let start = min(cursor, word.lowerBound)
    let quote = word.isEmpty || !LineText.isQuote(text.bytes[start]) ? nil : text.bytes[start]
    let inner = quote != nil && cursor > start ? start + 1 : start
    return CursorPlace(
      path: container.path, allowsKey: true, allowsValue: container.allowsValue,
      prefix: inner..<cursor, word: word, quote: quote, column: column)
  }

  private func value(_ word: Range<Int>, needsSpace: Bool = false) -> CursorPlace {
    CursorPlace(
      path: blocks.path, allowsKey: false, allowsValue: true,
      prefix: word.lowerBound..<cursor, word: word, needsSpace: needsSpace)
  }

  private func value(at start: Int, _ end: Int) -> CursorPlace? {
    switch text.bytes[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard cursor > start else { return value(start..<start) }
      return FlowContext(lines, from: start, to: cursor).place(below: blocks.path)
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      guard cursor > end else { return nil }
      return value(cursor..<cursor)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let limit = text.bytes.count
      let close = lines.closingQuote(start, limit)
      guard cursor > start, close.map({ cursor < $0 }) ?? true else { return nil }
      var place = value(start + 1..<min(max(cursor, (close ?? end + 1) - 1), limit))
      place.quote = text.bytes[start]
      return place
    default:
      let word = start..<lines.plainEnd(start, end)
      return cursor <= word.upperBound ? value(word) : nil
    }
  }

  private static let nowhere = SourceRange(file: "", line: 1, column: 1)
}
