internal import Glibc
internal import Pipeline
internal import Processes

/// Cuts what a process writes into lines, passes them on to a stage's log and keeps the last.
struct LineTail {
  private let reporter: any StageReporter
  private var pending: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 1 << 14)

  /// A line with more bytes is passed on in parts.
  private static let longest = 1 << 16

  /// The last lines, five at most.
  private(set) var last: [String] = []

  init(_ reporter: any StageReporter) {
    self.reporter = reporter
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
    var rest = chunk[..<count]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      emit(pending + rest[..<end])
      pending = []
      rest = rest[(end + 1)...]
    }
    pending += rest
    if pending.count >= Self.longest {
      emit(pending)
      pending = []
    }
    return true
  }

  /// Takes what is left for a line.
  mutating func finish() {
    if !pending.isEmpty { emit(pending) }
    pending = []
  }

  private mutating func emit(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    reporter.log(text)
    last = last.suffix(4) + [text]
  }
}
