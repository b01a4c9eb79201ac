internal import Glibc
internal import Pipeline
internal import Processes

/// Cuts what a process writes into lines, passes them on to a stage's log and keeps the last.
struct LineTail {
  private let reporter: any StageReporter
  private var pending: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 1 << 14)

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
    pending += chunk[..<count]
    var start = 0
    while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
      emit(pending[start..<end])
      start = end + 1
    }
    pending.removeSubrange(..<start)
    return true
  }

  /// Takes what is left for a line.
  mutating func finish() {
    if !pending.isEmpty { emit(pending[...]) }
    pending = []
  }

  private mutating func emit(_ bytes: ArraySlice<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    reporter.log(text)
    last = last.suffix(4) + [text]
  }
}
