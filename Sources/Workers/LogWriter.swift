internal import Artifacts
internal import Diagnostics
internal import Glibc
internal import Synchronization

/// Adds to a log, of which it keeps the beginning and the end where it grows long.
///
/// The file holds both at any time, with a line between them that says what was left out: what was written
/// last is there even where the process is killed. Each byte is written twice at the most.
final class LogWriter: Sendable {
  private struct State {
    /// The bytes that were added since the file was shortened last.
    var added = 0

    /// Where the beginning ends; `nil` until something is left out.
    var headEnd: Int?

    /// The bytes of the line that says what was left out.
    var markLength = 0
    var leftOut = (bytes: 0, lines: 0)
  }

  private let path: String
  private let end: OpenFile
  private let limit: Int?

  /// Where this writer began; what was there before stays.
  private let start: Int
  private let state = Mutex(State())

  /// - Parameter limit: The bytes that are kept of the beginning, and of the end; `nil` keeps all.
  init(_ path: String, limit: Int?) throws(Diagnostic) {
    self.path = path
    self.limit = limit
    end = try OpenFile(appending: path)
    start = try FileStatus(of: path, following: true)?.size ?? 0
  }

  func write(_ bytes: [UInt8]) {
    state.withLock { state in
      // A log on a full disk is no reason to lose the stage's work.
      guard (try? end.write(bytes)) != nil else { return }
      state.added += bytes.count
      guard let limit, state.added > (state.headEnd == nil ? 3 * limit : limit) else { return }
      try? shorten(&state, to: limit)
      state.added = 0
    }
  }

  /// Leaves out what lies between the beginning and the end.
  private func shorten(_ state: inout State, to limit: Int) throws(Diagnostic) {
    let file = try OpenFile(changing: path)
    guard let size = try FileStatus(of: path, following: true)?.size else { return }
    let headEnd: Int
    if let known = state.headEnd {
      headEnd = known
    } else {
      headEnd = try lineEnd(before: start + limit, in: file)
    }
    let body = headEnd + state.markLength
    guard size - limit > body else { return }
    let rest = try file.read(from: body, upTo: size)
    // Nothing is cut within a line, unless that is longer than all that is kept.
    let cut = rest.count - limit
    let newline = rest[cut...].firstIndex(of: UInt8(ascii: "\n"))
    let kept = rest[(newline.map { $0 + 1 } ?? cut)...]
    let dropped = rest[..<kept.startIndex]
    state.leftOut.bytes += dropped.count
    state.leftOut.lines += dropped.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    let mark = Array(
      "[… \(state.leftOut.lines.counted("line")), \(state.leftOut.bytes) bytes, are left out here …]\n"
        .utf8)
    try file.write(mark + kept, at: headEnd)
    try file.truncate(to: headEnd + mark.count + kept.count)
    state.headEnd = headEnd
    state.markLength = mark.count
  }

  /// The end of the last line that is over before an offset; the offset itself within a long line.
  private func lineEnd(before offset: Int, in file: borrowing OpenFile) throws(Diagnostic) -> Int {
    let from = max(start, offset - 1 << 16)
    let bytes = try file.read(from: from, upTo: offset)
    return bytes.lastIndex(of: UInt8(ascii: "\n")).map { from + $0 + 1 } ?? offset
  }
}
