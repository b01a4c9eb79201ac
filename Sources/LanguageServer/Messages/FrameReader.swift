/// Takes a stream of bytes apart into frames: a header with `Content-Length`, an empty line, and so many
/// bytes of content.
///
/// What is no frame is told of once; reading goes on at the next header that can be found.
struct FrameReader {
  enum Found: Hashable, Sendable {
    case content([UInt8])
    /// What is wrong with bytes that were passed over.
    case fault(String)
  }

  /// The most bytes of a header and of a content.
  static let longestHeader = 4096
  static let longestContent = 64 << 20

  private var buffer: [UInt8] = []
  private var position = 0

  /// How many bytes of the content that is being read there are, once its header was read.
  private var expected: Int?

  /// How many bytes are yet to be passed over.
  private var skipped = 0

  /// Whether the next header has to be looked for, because nobody knows where the last content ends.
  private var isLost = false

  mutating func append(_ bytes: some Collection<UInt8>) {
    if position > 1 << 16, position > buffer.count / 2 { dropPassed() }
    buffer.append(contentsOf: bytes)
  }

  /// The next frame, or `nil` where more bytes are needed.
  mutating func next() -> Found? {
    while true {
      guard pass() else { return nil }
      if let expected {
        guard buffer.count - position >= expected else { return nil }
        self.expected = nil
        return .content(take(expected))
      }
      switch nextHeader() {
      case nil: return nil
      case .unreadable(let fact):
        isLost = true
        return .fault(fact)
      case .refused(let fact, let length):
        skipped = length
        return .fault(fact)
      case .content(let length): expected = length
      }
    }
  }

  /// Passes over what nobody wants; `false` where that needs more bytes.
  private mutating func pass() -> Bool {
    let count = min(skipped, buffer.count - position)
    position += count
    skipped -= count
    guard skipped == 0 else {
      dropPassed()
      return false
    }
    return !isLost || findHeader()
  }

  private mutating func take(_ count: Int) -> [UInt8] {
    let bytes = Array(buffer[position..<position + count])
    position += count
    dropPassed()
    return bytes
  }

  private mutating func dropPassed() {
    buffer.removeSubrange(..<position)
    position = 0
  }

  private enum Header {
    case content(length: Int)
    case refused(String, length: Int)
    case unreadable(String)
  }

  /// Reads a header up to its empty line; `nil` where more bytes are needed.
  private mutating func nextHeader() -> Header? {
    var fields: [String: String] = [:]
    var start = position
    while let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
      var line = buffer[start..<end]
      start = end + 1
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if line.isEmpty {
        // Empty lines between two messages do no harm.
        if fields.isEmpty {
          position = start
          continue
        }
        position = start
        return Self.header(fields)
      }
      guard start - position <= Self.longestHeader else { break }
      let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else {
        position = start
        return .unreadable("a line of the header has no ':'")
      }
      fields[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description
    }
    guard buffer.count - position > Self.longestHeader else { return nil }
    position += Self.longestHeader
    return .unreadable("the header has more than \(Self.longestHeader) bytes")
  }

  private static func header(_ fields: [String: String]) -> Header {
    guard let written = fields[lengthField] else {
      return .unreadable("the header has no 'Content-Length'")
    }
    guard let length = Int(written.filter { $0 != " " }), length >= 0 else {
      return .unreadable("the 'Content-Length' is no number of bytes")
    }
    guard length <= longestContent else {
      return .refused("the content has more than \(longestContent) bytes", length: length)
    }
    if let type = fields["content-type"]?.lowercased(),
      let charset = type.firstRange(of: "charset="),
      !type[charset.upperBound...].filter({ $0 != "\"" }).hasPrefix("utf")
    {
      return .refused("the content is not UTF-8", length: length)
    }
    return .content(length: length)
  }

  private static let lengthField = "content-length"

  /// Looks for the next header; all but what may be the start of one is passed over.
  private mutating func findHeader() -> Bool {
    let wanted = Array((Self.lengthField + ":").utf8)
    var start = position
    while start + wanted.count <= buffer.count {
      if zip(buffer[start...], wanted).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 }) {
        position = start
        isLost = false
        return true
      }
      start += 1
    }
    position = start
    dropPassed()
    return false
  }
}
