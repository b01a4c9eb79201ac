/// The frame around each record of a TFRecord file: its length and checksums of length and content, in
/// little-endian order.
enum RecordFrame {
  /// A record as files have it.
  static func framed(_ content: [UInt8]) -> [UInt8] {
    let length = bytes(of: UInt64(content.count))
    return length + bytes(of: masked(checksum(of: length))) + content
      + bytes(of: masked(checksum(of: content)))
  }

  /// The cyclic redundancy check of Castagnoli's polynomial (RFC 3720, appendix B.4).
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
  }

  /// Turned and moved, as sums of texts that hold sums themselves would be weak.
  static func masked(_ sum: UInt32) -> UInt32 { (sum >> 15 | sum << 17) &+ 0xa282_ead8 }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0x82f6_3b78 ^ sum >> 1 : sum >> 1 }
  }

  private static func bytes<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
