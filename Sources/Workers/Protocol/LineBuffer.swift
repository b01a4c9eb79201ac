/// Bytes as they come, cut into lines.
struct LineBuffer {
  /// The longest line in bytes that either side accepts.
  static let longest = 16 << 20

  private var pending: [UInt8] = []
  private var searched = 0
  private let limit: Int

  init(limit: Int = Self.longest) {
    self.limit = limit
  }

  /// What came after the last complete line.
  var rest: [UInt8] { pending }

  /// Whether the unfinished line is already longer than any that is accepted.
  var isOverfull: Bool { pending.count > limit }

  mutating func append(_ bytes: some Sequence<UInt8>) {
    pending.append(contentsOf: bytes)
  }

  /// Takes the complete lines, without their line feeds.
  mutating func takeLines() -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = 0
    while let end = pending[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(Array(pending[start..<end]))
      start = end + 1
    }
    pending.removeSubrange(..<start)
    searched = pending.count
    return lines
  }
}
