internal import Artifacts
internal import Glibc
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

  /// Line feeds among bytes; the C library looks at many at a time.
  private static func lineEnds(_ bytes: [UInt8]) -> Int {
    unsafe bytes.withUnsafeBytes { buffer in
      var count = 0
      guard var place = buffer.baseAddress else { return 0 }
      let end = unsafe place + buffer.count
      while let found = unsafe memchr(place, Int32(UInt8(ascii: "\n")), end - place) {
        count += 1
        unsafe place = UnsafeRawPointer(found) + 1
      }
      return count
    }
  }
}
