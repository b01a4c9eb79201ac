/// Small files that claim, or inflate to, far more than anybody has memory for.
enum Bombs {
  /// The deflated form of one byte `count` times: 13 bits for each 258 of them (RFC 1951, fixed codes).
  static func deflated(_ byte: UInt8, _ count: Int) -> [UInt8] {
    var bits = BitWriter()
    bits.write(1, 1)
    bits.write(1, 2)
    bits.writeCode(byte < 144 ? 0x30 + Int(byte) : 0x190 + Int(byte) - 144, byte < 144 ? 8 : 9)
    // A match of 258 bytes one byte back; eight of them are thirteen bytes.
    let matches = (count - 1) / 258
    while bits.matches < matches % 8 { bits.writeMatch() }
    var eight = BitWriter()
    for _ in 0..<8 { eight.writeMatch() }
    for byte in repeatElement(eight.bytes, count: matches / 8).joined() { bits.append(byte) }
    for _ in 0..<(count - 1) % 258 {
      bits.writeCode(byte < 144 ? 0x30 + Int(byte) : 0x190 + Int(byte) - 144, byte < 144 ? 8 : 9)
    }
    bits.writeCode(0, 7)
    return bits.finished
  }

  /// A gzip file of one byte many times, whose checksum is wrong.
  static func gzip(_ byte: UInt8, _ count: Int) -> [UInt8] {
    let head: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]
    return head + deflated(byte, count) + [0, 0, 0, 0] + little(count, 4)
  }

  /// A zstd file of one byte many times, after others: four bytes for each 128 KiB (RFC 8878).
  ///
  /// - Parameter window: The descriptor of how much a decompressor has to keep.
  static func zstd(
    _ byte: UInt8, _ count: Int, after start: [UInt8] = [], window: UInt8 = 0x58
  ) -> [UInt8] {
    var bytes: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0, window]
    bytes += little(start.count << 3, 3) + start
    let blocks = count >> 17
    for block in 0..<blocks {
      bytes += little((1 << 17) << 3 | 1 << 1 | (block == blocks - 1 ? 1 : 0), 3) + [byte]
    }
    return bytes
  }

  // MARK: - ZIP

  /// An entry of an archive, and what the archive says of it.
  struct Entry {
    var name: String
    var content: [UInt8]
    var isDeflated = true
    var claimed: Int
    var checksum: UInt32 = 0

    /// Where the directory says that it begins; nil for where it does.
    var place: Int?
  }

  /// A ZIP archive, with the sizes in the fields of ZIP64 where they do not fit.
  static func zip(_ entries: [Entry]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let place = entry.place ?? bytes.count
      let method = entry.isDeflated ? 8 : 0
      let isWide = entry.claimed >= 0xffff_ffff
      let size = isWide ? 0xffff_ffff : entry.claimed
      let extra = isWide ? little(1, 2) + little(8, 2) + little(entry.claimed, 8) : []
      let numbers: [(Int, Int)] = [
        (20, 2), (0, 2), (method, 2), (0, 4), (Int(entry.checksum), 4), (entry.content.count, 4),
        (size, 4), (entry.name.utf8.count, 2),
      ]
      let facts: [UInt8] = numbers.flatMap { little($0.0, $0.1) }
      bytes += Array("PK\u{3}\u{4}".utf8) + facts + little(0, 2) + Array(entry.name.utf8)
      bytes += entry.content
      directory += Array("PK\u{1}\u{2}".utf8) + little(20, 2) + facts + little(extra.count, 2)
      directory += little(0, 10) + little(place, 4) + Array(entry.name.utf8) + extra
    }
    return bytes + directory + end(entries.count, directory.count, bytes.count)
  }

  /// The record at the end of an archive.
  static func end(_ count: Int, _ length: Int, _ first: Int) -> [UInt8] {
    let numbers = [(0, 4), (count, 2), (count, 2), (length, 4), (first, 4), (0, 2)]
    return Array("PK\u{5}\u{6}".utf8) + numbers.flatMap { little($0.0, $0.1) }
  }

  /// The header of an array in NumPy's format.
  static func npy(_ type: String, _ shape: String) -> [UInt8] {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + little(header.utf8.count, 2)
      + Array(header.utf8)
  }

  // MARK: - Pictures

  /// A PNG file of chunks, with their checksums.
  static func png(_ chunks: [(String, [UInt8])]) -> [UInt8] {
    chunks.reduce(into: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { bytes, chunk in
      let body = Array(chunk.0.utf8) + chunk.1
      bytes += big(chunk.1.count, 4) + body + big(Int(CRC.sum(body)), 4)
    }
  }

  /// The header of a PNG.
  static func pngHeader(_ width: Int, _ height: Int, bits: Int = 8, color: Int = 2) -> [UInt8] {
    big(width, 4) + big(height, 4) + [UInt8(bits), UInt8(color), 0, 0, 0]
  }

  /// A zlib stream of zeros (RFC 1950), whose checksum their number alone gives.
  static func zlib(zeros count: Int) -> [UInt8] {
    [0x78, 0x01] + deflated(0, count) + big(count % 65521, 2) + big(1, 2)
  }

  /// A TIFF file with these tags of one number each, and content behind them.
  static func tiff(_ tags: [(tag: Int, value: Int)], _ content: [UInt8] = []) -> [UInt8] {
    var bytes = [0x49, 0x49, 42, 0, 8, 0, 0, 0] + little(tags.count, 2)
    for (tag, value) in tags {
      // The content begins behind the directory.
      let place = value < 0 ? 8 + 2 + 12 * tags.count + 4 : value
      bytes += little(tag, 2) + little(4, 2) + little(1, 4) + little(place, 4)
    }
    return bytes + little(0, 4) + content
  }

  /// A lossless WebP that claims a size, and ends after its header.
  static func webp(_ width: Int, _ height: Int) -> [UInt8] {
    let size = (width - 1) | (height - 1) << 14
    let body: [UInt8] = [0x2f] + little(size, 4) + [UInt8](repeating: 0, count: 11)
    let head = Array("RIFF".utf8) + little(body.count + 12, 4)
    return head + Array("WEBPVP8L".utf8) + little(body.count, 4) + body
  }

  /// A FLAC file that claims so many samples, and has no frame.
  static func flac(samples: Int, channels: Int, rate: Int) -> [UInt8] {
    let facts = rate << 44 | (channels - 1) << 41 | 15 << 36 | samples
    let start: [UInt8] = Array("fLaC".utf8) + [0x80, 0, 0, 34]
    let sizes = big(65535, 2) + big(65535, 2) + big(0, 6)
    return start + sizes + big(facts, 8) + [UInt8](repeating: 0, count: 16)
  }

  /// A WAV file of 255 channels, whose chunk of samples claims nearly 4 GiB.
  static var wav: [UInt8] {
    let format: [(Int, Int)] = [
      (16, 4), (1, 2), (255, 2), (192_000, 4), (192_000 * 510, 4), (510, 2), (16, 2),
    ]
    let head: [UInt8] = Array("RIFF".utf8) + [255, 255, 255, 255] + Array("WAVEfmt ".utf8)
    let numbers: [UInt8] = format.flatMap { little($0.0, $0.1) }
    return head + numbers + Array("data".utf8) + little(0xffff_0000, 4)
  }

  static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
  }

  static func big(_ number: Int, _ count: Int) -> [UInt8] { little(number, count).reversed() }
}

/// Bits from the lowest of each byte, as deflate has them.
private struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var matches = 0
  private var held = 0
  private var count = 0

  mutating func write(_ value: Int, _ width: Int) {
    held |= value << count
    count += width
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: held))
      held >>= 8
      count -= 8
    }
  }

  /// A code of Huffman's, whose first bit is its highest.
  mutating func writeCode(_ code: Int, _ width: Int) {
    for bit in (0..<width).reversed() { write(code >> bit & 1, 1) }
  }

  /// The longest match, of the last byte.
  mutating func writeMatch() {
    writeCode(0b1100_0101, 8)
    write(0, 5)
    matches += 1
  }

  mutating func append(_ byte: UInt8) { write(Int(byte), 8) }

  var finished: [UInt8] {
    count > 0 ? bytes + [UInt8(truncatingIfNeeded: held)] : bytes
  }
}

/// The checksum of PNG and ZIP (RFC 2083, annex 15).
enum CRC {
  private static let table: [UInt32] = (0..<256).map { byte in
    var bits = UInt32(byte)
    for _ in 0..<8 { bits = bits & 1 == 1 ? 0xedb8_8320 ^ (bits >> 1) : bits >> 1 }
    return bits
  }

  static func sum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8) }
    return ~sum
  }
}
