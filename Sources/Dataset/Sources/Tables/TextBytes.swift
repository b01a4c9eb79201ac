internal import Diagnostics

/// The bytes of a text file in UTF-8, whatever its encoding; without a byte order mark.
struct TextBytes: ~Copyable {
  private let stream: ByteStream
  private let name: String
  private var decoder: TextDecoder

  /// The first bytes of the file, until they are given.
  private var first: [UInt8]?
  private var raw: [UInt8] = []

  /// What is decoded and not given yet.
  private var rest: ArraySlice<UInt8> = []
  private var hasEnded = false

  init(_ file: SourceFile, encoding: TextEncoding) throws(Diagnostic) {
    stream = try ByteStream(file)
    name = file.name
    decoder = TextDecoder(encoding)
  }

  /// Fills `buffer` from its start and returns how many bytes it got; none only at the end.
  mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    if raw.isEmpty { try start() }
    if decoder.encoding == .utf8, first?.isEmpty ?? true, rest.isEmpty {
      first = nil
      return try stream.read(into: &buffer)
    }
    while rest.isEmpty && !hasEnded { try decodeMore() }
    let count = min(buffer.count, rest.count)
    buffer.replaceSubrange(..<count, with: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }

  private mutating func start() throws(Diagnostic) {
    raw = [UInt8](repeating: 0, count: Self.rawBytes)
    let count = try stream.read(into: &raw)
    if let other = FileSignature.name(of: raw[..<count]) {
      throw Diagnostic(
        "\(name) is \(other), and no table",
        remedy: "write it as CSV in UTF-8, plain or compressed by gzip or zstd")
    }
    first = decoder.start(raw[..<count])
  }

  private mutating func decodeMore() throws(Diagnostic) {
    if let begin = first {
      first = nil
      rest = decoder.decode(begin[...], isEnd: false)[...]
      return
    }
    let bytes = raw[..<(try stream.read(into: &raw))]
    hasEnded = bytes.isEmpty
    rest = decoder.decode(bytes, isEnd: hasEnded)[...]
  }

  /// The same for memory of the native library.
  @unsafe mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    if !raw.isEmpty, first == nil, rest.isEmpty, decoder.encoding == .utf8 {
      return unsafe try stream.read(into: buffer)
    }
    var bytes = [UInt8](repeating: 0, count: min(buffer.count, Self.mostAtOnce))
    let count = try read(into: &bytes)
    unsafe buffer.copyBytes(from: bytes[..<count])
    return count
  }

  private static let mostAtOnce = 1 << 18
  private static let rawBytes = 1 << 16
}
