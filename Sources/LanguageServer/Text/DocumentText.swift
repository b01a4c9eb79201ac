internal import Artifacts
internal import Diagnostics
internal import YAML

/// The text of a document, in which places are found in the three ways that they are counted: bytes from 0,
/// the protocol's lines and units, and diagnostics' lines and Unicode scalars.
struct DocumentText: Sendable {
  let bytes: [UInt8]
  let encoding: PositionEncoding

  /// Where each line begins: after LF, CR LF and CR.
  private let lineStarts: [Int]

  /// How many bytes stand before the first line's columns for the YAML reader: those of a byte order mark.
  private let mark: Int
  private let counts: CharacterCounts

  init(_ bytes: [UInt8], encoding: PositionEncoding) {
    self.bytes = bytes
    self.encoding = encoding
    mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var starts = [0]
    var all: UInt8 = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      all |= byte
      guard byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      starts.append(index)
    }
    lineStarts = starts
    counts = CharacterCounts(bytes, isASCII: all < 0x80)
  }

  init(_ text: String, encoding: PositionEncoding) {
    self.init(Array(text.utf8), encoding: encoding)
  }

  /// Whether the text is short enough for the YAML reader; one that is not is not looked into.
  var isBearable: Bool { bytes.count <= Limits.standard.bytes }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// How many lines the protocol counts.
  var lineCount: Int { lineStarts.count }

  /// The bytes of a line without its end, counted from 0.
  func line(_ index: Int) -> Range<Int> { lineStarts[index]..<end(of: index) }

  /// The line that an offset lies on, counted from 0.
  func lineIndex(of offset: Int) -> Int {
    max(0, lineStarts.partitioningIndex { $0 > offset } - 1)
  }

  // MARK: The protocol's places

  /// The byte at a place; a place outside of the text is the nearest one in it.
  func offset(of position: TextPosition) -> Int {
    guard position.line < lineStarts.count else { return bytes.count }
    return counts.offset(position.character, in: line(position.line), of: bytes, encoding)
  }

  func position(of offset: Int) -> TextPosition {
    let index = lineIndex(of: offset)
    let start = lineStarts[index]
    let end = max(start, min(offset, bytes.count))
    return TextPosition(
      line: index, character: counts.units(in: start..<end, of: bytes, encoding))
  }

  func range(_ range: Range<Int>) -> TextRange {
    TextRange(position(of: range.lowerBound), position(of: range.upperBound))
  }

  /// The whole text.
  var wholeRange: TextRange { range(0..<bytes.count) }

  // MARK: Diagnostics' places

  /// The byte at a diagnostic's place; a place outside of the text is the nearest one in it.
  func offset(of location: SourceLocation) -> Int {
    guard location.line <= lineStarts.count else { return bytes.count }
    let index = max(0, location.line - 1)
    return advance(readerStart(of: index), by: location.column - 1, within: index)
  }

  /// The bytes that a diagnostic's range covers, all of which are on the line that it begins on.
  func bytes(of range: SourceRange) -> Range<Int> {
    let start = offset(of: range.start)
    let index = max(0, min(range.start.line, lineStarts.count) - 1)
    return start..<max(start, advance(start, by: range.length, within: index))
  }

  func range(of range: SourceRange) -> TextRange { self.range(bytes(of: range)) }

  /// The diagnostic's place of a byte.
  func location(of offset: Int, in file: String) -> SourceLocation {
    let index = lineIndex(of: offset)
    return SourceLocation(file: file, line: index + 1, column: column(of: offset, on: index))
  }

  /// The diagnostics' column of a byte on a line.
  private func column(of offset: Int, on index: Int) -> Int {
    let start = readerStart(of: index)
    return start < offset ? counts.scalars(in: start..<offset, of: bytes) + 1 : 1
  }

  /// The diagnostic's range of bytes: one character where they go on behind their line.
  func range(of range: Range<Int>, in file: String) -> SourceRange {
    let index = lineIndex(of: range.lowerBound)
    let column = column(of: range.lowerBound, on: index)
    let isOnLine = index + 1 == lineStarts.count || range.upperBound < lineStarts[index + 1]
    return SourceRange(
      file: file, line: index + 1, column: column,
      length: isOnLine ? self.column(of: range.upperBound, on: index) - column : 1)
  }

  private func advance(_ start: Int, by scalars: Int, within line: Int) -> Int {
    let end = end(of: line)
    guard start < end else { return start }
    return counts.offset(max(0, scalars), in: start..<end, of: bytes, .utf32)
  }

  /// Where the YAML reader counts a line's columns from.
  private func readerStart(of index: Int) -> Int { index == 0 ? mark : lineStarts[index] }

  /// Where a line ends, its line break left out.
  private func end(of index: Int) -> Int {
    guard index + 1 < lineStarts.count else { return bytes.count }
    let end = lineStarts[index + 1] - 1
    let isPair = bytes[end] == 0x0A && end > lineStarts[index] && bytes[end - 1] == 0x0D
    return isPair ? end - 1 : end
  }
}
