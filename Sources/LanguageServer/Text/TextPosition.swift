internal import YAML

/// A place in a document as the protocol counts it: lines and units of the agreed encoding, from 0.
struct TextPosition: Hashable, Comparable, Sendable {
  var line: Int
  var character: Int

  init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  init(_ value: Value?) throws(ResponseError) {
    guard let line = value?["line"]?.int, let character = value?["character"]?.int, line >= 0,
      character >= 0
    else {
      throw ResponseError(.invalidParameters, "a position has a 'line' and a 'character' from 0 up")
    }
    self.init(line: line, character: character)
  }

  var value: Value { ["line": .int(line), "character": .int(character)] }

  static func < (left: Self, right: Self) -> Bool {
    (left.line, left.character) < (right.line, right.character)
  }
}

/// A run of text between two places; the end does not belong to it.
struct TextRange: Hashable, Sendable {
  var start: TextPosition
  var end: TextPosition

  init(_ start: TextPosition, _ end: TextPosition) {
    self.start = start
    self.end = end
  }

  init(_ value: Value?) throws(ResponseError) {
    self.init(try TextPosition(value?["start"]), try TextPosition(value?["end"]))
  }

  var value: Value { ["start": start.value, "end": end.value] }

  /// Whether two ranges have a place in common, were it only where one ends and the other begins.
  func touches(_ other: TextRange) -> Bool { start <= other.end && other.start <= end }
}
