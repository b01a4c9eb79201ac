internal import Diagnostics

/// The text of a document, in which places are found in the three ways that they are counted: bytes from 0,
/// the protocol's lines and units, and diagnostics' lines and Unicode scalars.
struct DocumentText: Sendable {
  let bytes: [UInt8]
  let encoding: PositionEncoding

  /// Where each line begins that the protocol counts: after LF, CR LF and CR.
  private let lineStarts: [Int]

  /// Where each line begins that the YAML reader counts, and before which byte its columns begin.
  private let readerLineStarts: [Int]

  init(_ bytes: [UInt8], encoding: PositionEncoding) {
    self.bytes = bytes
    self.encoding = encoding
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    var starts = [0]
    var readerStarts = [isMarked ? 3 : 0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\n"): break
      case UInt8(ascii: "\r"):
        if index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
      default: continue
      }
      starts.append(index)
      readerStarts.append(index)
    }
    lineStarts = starts
    readerLineStarts = readerStarts
  }

  init(_ text: String, encoding: PositionEncoding) {
    self.init(Array(text.utf8), encoding: encoding)
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// How many lines the protocol counts.
  var lineCount: Int { lineStarts.count }

  /// The bytes of a line without its end, counted from 0.
  func line(_ index: Int) -> Range<Int> {
    lineStarts[index]..<end(of: index, in: lineStarts)
  }

  /// The line that an offset lies on, counted from 0.
  func lineIndex(of offset: Int) -> Int { Self.index(of: offset, in: lineStarts) }

  // MARK: The protocol's places

  /// The byte at a place; a place outside of the text is the nearest one in it.
  func offset(of position: TextPosition) -> Int {
    guard position.line < lineStarts.count else { return bytes.count }
    let line = line(position.line)
    var offset = line.lowerBound
    var units = 0
    while offset < line.upperBound {
      let length = length(at: offset)
      units += encoding.units(ofBytes: length)
      if units > position.character { break }
      offset = min(offset + length, line.upperBound)
    }
    return offset
  }

  func position(of offset: Int) -> TextPosition {
    let index = lineIndex(of: offset)
    var units = 0
    var current = lineStarts[index]
    while current < min(offset, bytes.count) {
      let length = length(at: current)
      units += encoding.units(ofBytes: length)
      current += length
    }
    return TextPosition(line: index, character: units)
  }

  func range(_ range: Range<Int>) -> TextRange {
    TextRange(position(of: range.lowerBound), position(of: range.upperBound))
  }

  /// The whole text.
  var wholeRange: TextRange { range(0..<bytes.count) }

  // MARK: Diagnostics' places

  /// The byte at a diagnostic's place; a place outside of the text is the nearest one in it.
  func offset(of location: SourceLocation) -> Int {
    guard location.line <= readerLineStarts.count else { return bytes.count }
    let index = max(0, location.line - 1)
    return advance(readerLineStarts[index], by: location.column - 1, within: index)
  }

  /// The bytes that a diagnostic's range covers.
  func bytes(of range: SourceRange) -> Range<Int> {
    let start = offset(of: range.start)
    let index = max(0, min(range.start.line, readerLineStarts.count) - 1)
    return start..<max(start, advance(start, by: range.length, within: index))
  }

  func range(of range: SourceRange) -> TextRange { self.range(bytes(of: range)) }

  /// The diagnostic's place of a byte.
  func location(of offset: Int, in file: String) -> SourceLocation {
    let index = Self.index(of: offset, in: readerLineStarts)
    let start = readerLineStarts[index]
    let scalars = start < offset ? bytes[start..<offset].count { $0 & 0xC0 != 0x80 } : 0
    return SourceLocation(file: file, line: index + 1, column: scalars + 1)
  }

  private func advance(_ start: Int, by scalars: Int, within line: Int) -> Int {
    let end = end(of: line, in: readerLineStarts)
    var offset = start
    for _ in 0..<max(0, min(scalars, end - start)) where offset < end {
      offset += length(at: offset)
    }
    return min(offset, max(start, end))
  }

  /// Where a line ends, its line break left out.
  private func end(of index: Int, in starts: [Int]) -> Int {
    guard index + 1 < starts.count else { return bytes.count }
    var end = starts[index + 1]
    let start = starts[index]
    let breaks: [[UInt8]] = [[13, 10], [10], [13]]
    if let ending = breaks.first(where: { bytes[start..<end].suffix($0.count).elementsEqual($0) }) {
      end -= ending.count
    }
    return end
  }

  /// How many bytes the character has that begins at an offset.
  private func length(at offset: Int) -> Int {
    var end = offset + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end - offset
  }

  /// The last of ascending starts that is not behind an offset.
  private static func index(of offset: Int, in starts: [Int]) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
