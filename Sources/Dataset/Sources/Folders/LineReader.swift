internal import Diagnostics

/// The lines of a file, without what ends them.
struct LineReader: ~Copyable {
  private let stream: ByteStream
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var start = 0
  private var end = 0

  /// The number of the line last read, from 1.
  private(set) var number = 0

  /// A longer line is not read.
  private static let longest = 1 << 28

  init(_ stream: consuming ByteStream) {
    self.stream = stream
  }

  /// The next line; nil at the end.
  mutating func next() throws(Diagnostic) -> [UInt8]? {
    var line: [UInt8] = []
    var hasAny = false
    while true {
      if start == end {
        start = 0
        end = try stream.read(into: &buffer)
        guard end > 0 else { break }
      }
      hasAny = true
      let rest = buffer[start..<end]
      if let stop = rest.firstIndex(of: UInt8(ascii: "\n")) {
        line += buffer[start..<stop]
        start = stop + 1
        break
      }
      guard line.count + rest.count <= Self.longest else {
        throw Diagnostic("line \(number + 1) is longer than 256 MiB")
      }
      line += rest
      start = end
    }
    guard hasAny else { return nil }
    number += 1
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }
}
