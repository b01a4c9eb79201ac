/// How many characters a text has up to any byte, without going through the text from its start.
///
/// Totals are kept for every block of bytes, so that a count takes time for one block however long the text
/// or one of its lines is. In ASCII bytes are characters, and nothing is kept.
struct CharacterCounts: Sendable {
  private struct Total {
    var scalars = 0

    /// Those among the scalars that take two units of UTF-16.
    var pairs = 0
  }

  private static let block = 256

  /// What precedes each block; empty for ASCII.
  private var totals: [Total] = []

  /// - Parameter isASCII: whether no byte has its first bit set.
  init(_ bytes: [UInt8], isASCII: Bool) {
    guard !isASCII else { return }
    totals.reserveCapacity(bytes.count / Self.block + 1)
    var total = Total()
    for (index, byte) in bytes.enumerated() {
      if index % Self.block == 0 { totals.append(total) }
      Self.count(byte, in: &total)
    }
  }

  private static func count(_ byte: UInt8, in total: inout Total) {
    if byte & 0xC0 != 0x80 { total.scalars += 1 }
    if byte >= 0xF0 { total.pairs += 1 }
  }

  /// How many Unicode scalars begin within a range.
  func scalars(in range: Range<Int>, of bytes: [UInt8]) -> Int {
    guard !totals.isEmpty else { return range.count }
    return total(before: range.upperBound, bytes).scalars
      - total(before: range.lowerBound, bytes).scalars
  }

  /// How many units of an encoding a range takes.
  func units(in range: Range<Int>, of bytes: [UInt8], _ encoding: PositionEncoding) -> Int {
    guard !totals.isEmpty, encoding != .utf8 else { return range.count }
    return units(total(before: range.upperBound, bytes), encoding)
      - units(total(before: range.lowerBound, bytes), encoding)
  }

  /// The first byte of the scalar that lies so many units behind a byte, at most the end of a range that
  /// begins with that byte. Units within a scalar are those of its first byte.
  func offset(
    _ units: Int, in range: Range<Int>, of bytes: [UInt8], _ encoding: PositionEncoding
  ) -> Int {
    guard !totals.isEmpty else { return range.lowerBound + min(units, range.count) }
    guard encoding != .utf8 else {
      guard units < range.count else { return range.upperBound }
      var offset = range.lowerBound + units
      while offset > range.lowerBound, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      return offset
    }
    let wanted = self.units(total(before: range.lowerBound, bytes), encoding) + units
    var block = range.lowerBound / Self.block
    var high = min(totals.count, range.upperBound / Self.block + 1)
    while high - block > 1 {
      let middle = (block + high) / 2
      if self.units(totals[middle], encoding) <= wanted { block = middle } else { high = middle }
    }
    var total = totals[block]
    var offset = block * Self.block
    var start = range.lowerBound
    while offset < range.upperBound {
      if bytes[offset] & 0xC0 != 0x80, offset >= range.lowerBound {
        guard self.units(total, encoding) <= wanted else { return start }
        start = offset
        if self.units(total, encoding) == wanted { return start }
      }
      Self.count(bytes[offset], in: &total)
      offset += 1
    }
    return self.units(total, encoding) <= wanted ? range.upperBound : start
  }

  private func units(_ total: Total, _ encoding: PositionEncoding) -> Int {
    total.scalars + (encoding == .utf16 ? total.pairs : 0)
  }

  private func total(before offset: Int, _ bytes: [UInt8]) -> Total {
    let block = min(offset / Self.block, totals.count - 1)
    var total = totals[block]
    for index in block * Self.block..<offset { Self.count(bytes[index], in: &total) }
    return total
  }
}
