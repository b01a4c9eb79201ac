internal import Diagnostics

/// The bytes of a text file in UTF-8, whatever its encoding; without a byte order mark.
struct TextBytes: ~Copyable {
  private let stream: ByteStream
  private let name: String
  private var decoder: TextDecoder

  /// The first bytes of the file, until they are given.
  private var first: [UInt8]?
  private var raw: [UInt8] = []

  init(_ file: SourceFile, encoding: TextEncoding) throws(Diagnostic) {
    stream = try ByteStream(file)
    name = file.name
    decoder = TextDecoder(encoding)
  }

  /// Fills `buffer` from its start and returns how many bytes it got; none only at the end.
  ///
  /// - Parameter buffer: Three bytes or more.
  mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    if raw.isEmpty {
      // A byte of another encoding becomes three bytes at the most.
      raw = [UInt8](repeating: 0, count: buffer.count / 3)
      let count = try stream.read(into: &raw)
      if let other = FileSignature.name(of: raw[..<count]) {
        throw Diagnostic(
          "\(name) is \(other), and no table",
          remedy: "write it as CSV in UTF-8, plain or compressed by gzip or zstd")
      }
      first = decoder.start(raw[..<count])
    }
    if decoder.encoding == .utf8, first?.isEmpty ?? true {
      first = nil
      return try stream.read(into: &buffer)
    }
    var count = 0
    var isEnd = false
    while count == 0 && !isEnd {
      let bytes: ArraySlice<UInt8>
      if let begin = first {
        first = nil
        bytes = begin[...]
      } else {
        bytes = raw[..<(try stream.read(into: &raw))]
        isEnd = bytes.isEmpty
      }
      let decoded = decoder.decode(bytes, isEnd: isEnd)
      buffer.replaceSubrange(..<decoded.count, with: decoded)
      count = decoded.count
    }
    return count
  }

  /// The same for memory of the native library.
  @unsafe mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    if !raw.isEmpty, first == nil, decoder.encoding == .utf8 {
      return unsafe try stream.read(into: buffer)
    }
    var bytes = [UInt8](repeating: 0, count: min(buffer.count, Self.mostAtOnce))
    let count = try read(into: &bytes)
    unsafe buffer.copyBytes(from: bytes[..<count])
    return count
  }

  private static let mostAtOnce = 1 << 18
}
