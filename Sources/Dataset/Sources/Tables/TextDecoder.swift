/// Turns the bytes of an encoding into UTF-8, piece by piece.
///
/// What is no character becomes the byte 0xff, which no text in UTF-8 holds, so that it is found where the
/// text is used.
struct TextDecoder {
  private(set) var encoding: TextEncoding
  private var isBigEndian = false

  /// The byte of a pair whose other byte is to come.
  private var half: UInt8?

  /// The first half of a character beyond U+FFFF.
  private var highSurrogate: UInt16?

  init(_ encoding: TextEncoding) {
    self.encoding = encoding
  }

  /// Takes the byte order mark from the first bytes of a file. That of UTF-16 settles the encoding, and so
  /// do zeros in every other byte, which no other text has.
  mutating func start(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      encoding = .utf16
      isBigEndian = bytes.first == 0xfe
      return Array(bytes.dropFirst(2))
    }
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      encoding = .utf8
      return Array(bytes.dropFirst(3))
    }
    let start = Array(bytes.prefix(16))
    if start.count >= 4 {
      let isZero = [0, 1].map { first in
        stride(from: first, to: start.count, by: 2).allSatisfy { start[$0] == 0 }
      }
      if isZero[0] != isZero[1] {
        encoding = .utf16
        isBigEndian = isZero[0]
      }
    }
    return Array(bytes)
  }

  /// - Parameter isEnd: Whether nothing follows.
  mutating func decode(_ bytes: ArraySlice<UInt8>, isEnd: Bool) -> [UInt8] {
    var text: [UInt8] = []
    switch encoding {
    case .utf8: text += bytes
    case .latin1: for byte in bytes { append(UInt32(byte), to: &text) }
    case .windows1252:
      for byte in bytes {
        let isOwn = (0x80..<0xa0).contains(byte)
        append(
          UInt32(isOwn ? TextEncoding.windowsCharacters[Int(byte) - 0x80] : UInt16(byte)),
          to: &text)
      }
    case .utf16:
      for byte in bytes { decode(byte, &text) }
      if isEnd, half != nil || highSurrogate != nil { text.append(Self.invalid) }
    }
    return text
  }

  private static let invalid: UInt8 = 0xff

  private mutating func decode(_ byte: UInt8, _ text: inout [UInt8]) {
    guard let first = half else {
      half = byte
      return
    }
    half = nil
    let unit =
      isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
    if let high = highSurrogate {
      highSurrogate = nil
      if (0xdc00..<0xe000).contains(unit) {
        append(0x10000 + (UInt32(high) - 0xd800) << 10 + (UInt32(unit) - 0xdc00), to: &text)
        return
      }
      text.append(Self.invalid)
    }
    switch unit {
    case 0xd800..<0xdc00: highSurrogate = unit
    case 0xdc00..<0xe000: text.append(Self.invalid)
    default: append(UInt32(unit), to: &text)
    }
  }

  private func append(_ character: UInt32, to text: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(character), let bytes = UTF8.encode(scalar) else { return }
    text += bytes
  }
}
