/// A square picture of one grey, as a PNG file without compression.
struct PNGFile {
  let bytes: [UInt8]

  init(side: Int, grey: UInt8) {
    // Before each row stands how it is filtered: not at all.
    let row = [0] + [UInt8](repeating: grey, count: side)
    let rows = Array(repeatElement(row, count: side).joined())
    let size = UInt16(rows.count)
    var stored: [UInt8] = [0x78, 0x01, 0x01]
    stored += Self.little(size)
    stored += Self.little(~size)
    stored += rows
    stored += Self.big(Self.adler(rows))
    var header = Self.big(UInt32(side))
    header += Self.big(UInt32(side))
    header += [8, 0, 0, 0, 0]
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes =
      signature + Self.chunk("IHDR", header) + Self.chunk("IDAT", stored) + Self.chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + data
    return big(UInt32(data.count)) + checked + big(checksum(checked))
  }

  private static func little(_ number: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  private static func big(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// The checksum of chunks (CRC-32).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 {
        let isOdd = sum & 1 == 1
        sum >>= 1
        if isOdd { sum ^= 0xEDB8_8320 }
      }
    }
    return ~sum
  }

  /// The checksum of compressed data (Adler-32).
  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (first, second): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      first = (first + UInt32(byte)) % 65521
      second = (second + first) % 65521
    }
    return second << 16 | first
  }
}
