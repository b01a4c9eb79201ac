internal import Artifacts
internal import Diagnostics

/// Lines from places that are spread evenly over a text file, one behind the other in a file in memory.
///
/// A place in the middle of a file may lie within a quoted field, which nobody can tell from there. So what
/// has an odd number of quotes is left out, and who reads the lines leaves out those that are no rows.
struct SpreadLines {
  /// Where some of the lines come from.
  struct Piece: Sendable {
    /// The number of its first line in the copy, from 1.
    var firstLine: Int

    /// Where that line starts in the file, in bytes.
    var offset: Int
  }

  private(set) var bytes: [UInt8] = []
  private(set) var pieces: [Piece] = []

  /// How many bytes of lines were looked at, those that were left out among them.
  private(set) var taken = 0

  private static let lineFeed = UInt8(ascii: "\n")

  /// - Parameters:
  ///   - count: From how many places lines are taken; the first is the file's start.
  ///   - size: About how many bytes from each.
  init(
    of file: SourceFile, bytes total: Int, pieces count: Int, of size: Int, quote: UInt8?
  ) throws(Diagnostic) {
    let open = try OpenFile(reading: file.path, named: file.name)
    var lines = 0
    for index in 0..<count {
      let start = index * (total - size) / max(count - 1, 1)
      let window = try open.read(from: start, upTo: start + size)
      guard let piece = Self.wholeLines(of: window, isStart: index == 0) else { continue }
      taken += piece.count
      let quotes = quote.map { quote in window[piece].count { $0 == quote } } ?? 0
      guard index == 0 || quotes.isMultiple(of: 2) else { continue }
      pieces.append(Piece(firstLine: lines + 1, offset: start + piece.lowerBound))
      bytes += window[piece]
      lines += window[piece].count { $0 == Self.lineFeed }
    }
  }

  /// What lies between the first line end and the last.
  private static func wholeLines(of window: [UInt8], isStart: Bool) -> Range<Int>? {
    guard let last = window.lastIndex(of: lineFeed) else { return nil }
    guard !isStart else { return 0..<last + 1 }
    guard let first = window.firstIndex(of: lineFeed), first < last else { return nil }
    return first + 1..<last + 1
  }
}
