internal import Artifacts
internal import Diagnostics

/// The bytes of a file in order, decompressed where it is gzip or zstd.
///
/// A plain file is read without the native library, so that looking at a table's header costs no more than
/// its first bytes.
enum ByteStream: ~Copyable {
  case plain(OpenFile)
  case compressed(CompressedStream)

  init(_ file: SourceFile) throws(Diagnostic) {
    try file.requirePlainFile()
    let plain = try OpenFile(reading: file.path, named: file.name)
    let start = try plain.read(from: 0, upTo: 4)
    let isCompressed = start.starts(with: [0x1f, 0x8b]) || start == [0x28, 0xb5, 0x2f, 0xfd]
    self = isCompressed ? .compressed(try CompressedStream(file)) : .plain(plain)
  }

  /// Whether the bytes are those of the file itself.
  var isPlain: Bool {
    switch self {
    case .plain: true
    case .compressed: false
    }
  }

  /// Fills `buffer` from its start and returns how many bytes it got; none only at the end.
  func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    switch self {
    case .plain(let file): try file.read(into: &buffer)
    case .compressed(let stream): try stream.read(into: &buffer)
    }
  }

  /// The same for memory of the native library.
  @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    switch self {
    case .plain(let file): unsafe try file.read(into: buffer)
    case .compressed(let stream): unsafe try stream.read(into: buffer)
    }
  }
}
