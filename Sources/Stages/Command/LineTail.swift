internal import Glibc
internal import Pipeline
internal import Processes

/// Passes what a process writes on to a stage's log, whole lines together, and keeps the end of it.
struct LineTail {
  private let reporter: any StageReporter
  private let mask: SecretMask
  private var pending: [UInt8] = []
  private var recent: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  /// A line with more bytes is passed on in parts.
  private static let longest = 1 << 16

  /// So many characters of a line are kept.
  private static let widest = 500

  /// - Parameter mask: what nobody is to see of the output.
  init(_ reporter: any StageReporter, masking mask: SecretMask = SecretMask()) {
    self.reporter = reporter
    self.mask = mask
  }

  /// The last lines, five at most.
  var last: [String] {
    String(decoding: recent, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .suffix(6).dropLast().map { line in
        line.count > Self.widest ? line.prefix(Self.widest) + "…" : String(line)
      }
  }

  /// Takes what is there to read.
  ///
  /// - Returns: whether more can follow.
  mutating func read(_ output: borrowing Descriptor) -> Bool {
    let count = unsafe chunk.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(output.number, buffer.baseAddress, buffer.count)
    }
    if count < 0, errno == EINTR { return true }
    guard count > 0 else { return false }
    let new = chunk[..<count]
    if let end = new.lastIndex(of: UInt8(ascii: "\n")) {
      emit(mask.masked((pending + new[...end])[...]).bytes)
      pending = Array(new[(end + 1)...])
    } else {
      pending += new
      guard pending.count >= Self.longest else { return true }
      let (masked, rest) = mask.masked(pending[...], isContinued: true)
      emit(masked)
      pending = rest
    }
    return true
  }

  /// Takes what is left for a line.
  mutating func finish() {
    if !pending.isEmpty { emit(mask.masked(pending[...]).bytes + [UInt8(ascii: "\n")]) }
    pending = []
  }

  private mutating func emit(_ bytes: [UInt8]) {
    reporter.log(output: bytes)
    recent += bytes.suffix(Self.longest)
    if recent.count > 2 * Self.longest { recent = recent.suffix(Self.longest) }
  }
}
