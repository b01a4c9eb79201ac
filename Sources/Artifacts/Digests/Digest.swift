/// The SHA-256 of some bytes (FIPS 180-4).
package struct Digest: Hashable, Sendable {
  /// The 256 bits, most significant word first.
  let words: (UInt64, UInt64, UInt64, UInt64)

  init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  init(_ bytes: [UInt8]) {
    precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes")
    func word(_ index: Int) -> UInt64 {
      bytes[index * 8..<index * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    words = (word(0), word(1), word(2), word(3))
  }

  /// Reads 64 hexadecimal digits in lower case; `nil` for anything else.
  package init?(hex: some StringProtocol) {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in hex.utf8 {
      let digit: UInt8
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    guard bytes.count == 32, high == nil else { return nil }
    self.init(bytes)
  }

  /// Digests bytes in memory.
  package init(of bytes: some Sequence<UInt8>) {
    let hash = SHA256()
    hash.update(Array(bytes))
    self = hash.digest()
  }

  /// Digests the UTF-8 of a text.
  package init(of text: String) { self.init(of: text.utf8) }

  /// The number that the first 16 hexadecimal digits write.
  package var leadingBits: UInt64 { words.0 }

  /// The 32 bytes.
  var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
    }
  }

  /// The 64 hexadecimal digits in lower case.
  package var hex: String {
    var text: [UInt8] = []
    text.reserveCapacity(64)
    appendHex(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the bytes of `hex` to others.
  func appendHex(to text: inout [UInt8]) {
    for word in [words.0, words.1, words.2, words.3] {
      for shift in stride(from: 60, through: 0, by: -4) {
        let nibble = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
        text.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble)
      }
    }
  }

  /// The first digits, enough for people to tell digests apart.
  package var short: String { String(hex.prefix(12)) }

  package static func == (left: Self, right: Self) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension Digest: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.words < right.words }
}

extension Digest: CustomStringConvertible {
  package var description: String { hex }
}

extension Digest: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = Digest(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a digest has 64 hexadecimal digits")
    }
    self = digest
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
