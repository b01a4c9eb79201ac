internal import Diagnostics

/// The 512 bytes that precede a file in a POSIX tar archive (ustar, IEEE 1003.1), for plain files with
/// names of at most 100 bytes.
struct TarHeader {
  var name: String
  var size: Int

  static let blockSize = 512
  private static let largestOctal = 0o77777777777

  init(name: String, size: Int) {
    precondition(name.utf8.count <= 100, "a name in an archive has at most 100 bytes")
    self.name = name
    self.size = size
  }

  var bytes: [UInt8] {
    var block = [UInt8](repeating: 0, count: Self.blockSize)
    func put(_ text: String, at place: Int) {
      for (offset, byte) in text.utf8.enumerated() { block[place + offset] = byte }
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    if size <= Self.largestOctal {
      put(Self.octal(size, digits: 11), at: 124)
    } else {
      // What does not fit in octal digits stands in binary, as GNU tar and its readers have it.
      block[124] = 0x80
      for offset in 0..<8 {
        block[128 + offset] = UInt8(truncatingIfNeeded: size >> (56 - 8 * offset))
      }
    }
    put("00000000000", at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(Self.octal(sum, digits: 6), at: 148)
    block[154] = 0
    return block
  }

  /// Reads a block; `nil` for one of zeros, which ends an archive.
  init?(parsing block: [UInt8], file: String) throws(Diagnostic) {
    if block.allSatisfy({ $0 == 0 }) { return nil }
    func problem(_ fact: String) -> Diagnostic {
      Diagnostic("'\(file)' is no archive of a run: \(fact)", remedy: "'anneal export' writes one")
    }
    guard block.count == Self.blockSize, block[257..<262].elementsEqual("ustar".utf8) else {
      throw problem("it is not in the tar format, or ends in the middle")
    }
    var blank = block
    for place in 148..<156 { blank[place] = UInt8(ascii: " ") }
    guard Self.number(block[148..<156]) == blank.reduce(0, { $0 + Int($1) }) else {
      throw problem("a header is damaged")
    }
    guard block[156] == UInt8(ascii: "0"), block[345] == 0 else {
      throw problem("it holds something else than plain files with short names")
    }
    let letters = block[0..<100].prefix { $0 != 0 }
    guard let name = String(validating: letters, as: UTF8.self), !name.isEmpty,
      let size = Self.number(block[124..<136])
    else { throw problem("a header has no name or no size") }
    self.name = name
    self.size = size
  }

  private static func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// A number of octal digits, or a binary one.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    if field.first == 0x80 {
      let bytes = field.dropFirst()
      guard bytes.dropLast(8).allSatisfy({ $0 == 0 }) else { return nil }
      return Int(exactly: bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
    let digits = field.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
    return Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 >= 0 ? $0 : nil }
  }
}
