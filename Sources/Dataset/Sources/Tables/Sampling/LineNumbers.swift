internal import Artifacts
internal import Synchronization

/// The lines of a file that lines of a copy of parts of it come from.
///
/// What lies before a part is counted only when somebody asks for a line of it, and only once.
final class LineNumbers: Sendable {
  private let file: SourceFile
  private let pieces: [SpreadLines.Piece]

  /// The lines before each piece, as far as they were counted.
  private let counted: Mutex<[Int?]>

  init(_ file: SourceFile, _ pieces: [SpreadLines.Piece]) {
    self.file = file
    self.pieces = pieces
    counted = Mutex([Int?](repeating: nil, count: pieces.count))
  }

  /// The file's line for one of the copy.
  func line(_ copied: Int) -> Int {
    let index = pieces.partitioningIndex { $0.firstLine > copied } - 1
    guard pieces.indices.contains(index) else { return copied }
    return lines(before: index) + copied - pieces[index].firstLine + 1
  }

  private func lines(before index: Int) -> Int {
    counted.withLock { counted in
      if let count = counted[index] { return count }
      let known = counted[..<index].lastIndex { $0 != nil }
      let start = known.map { pieces[$0].offset } ?? 0
      let before = known.flatMap { counted[$0] } ?? 0
      let count = before + lineEnds(from: start, to: pieces[index].offset)
      counted[index] = count
      return count
    }
  }

  /// Line feeds between two places of the file; none where it cannot be read any more.
  private func lineEnds(from start: Int, to end: Int) -> Int {
    guard let open = try? OpenFile(reading: file.path, named: file.name) else { return 0 }
    var lines = 0
    for position in stride(from: start, to: end, by: Self.bufferBytes) {
      let bytes = try? open.read(from: position, upTo: min(position + Self.bufferBytes, end))
      lines += bytes.map(Self.lineEnds) ?? 0
    }
    return lines
  }

  private static let bufferBytes = 1 << 20

  /// Line feeds among bytes, many at a time.
  private static func lineEnds(_ bytes: [UInt8]) -> Int {
    let feeds = SIMD32<UInt8>(repeating: UInt8(ascii: "\n"))
    return unsafe bytes.withUnsafeBytes { buffer in
      var count = 0
      var position = 0
      while position + 32 * 255 <= buffer.count {
        // A lane counts no further than 255.
        var lanes = SIMD32<UInt8>.zero
        for _ in 0..<255 {
          let part = unsafe buffer.loadUnaligned(fromByteOffset: position, as: SIMD32<UInt8>.self)
          lanes &+= SIMD32<UInt8>.zero.replacing(with: 1, where: part .== feeds)
          position += 32
        }
        for lane in lanes.indices { count += Int(lanes[lane]) }
      }
      while position < buffer.count {
        if unsafe buffer[position] == UInt8(ascii: "\n") { count += 1 }
        position += 1
      }
      return count
    }
  }
}
