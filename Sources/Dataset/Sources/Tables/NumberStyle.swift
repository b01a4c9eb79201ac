/// How numbers are written in a table.
struct NumberStyle: Hashable, Sendable {
  /// The byte between whole part and decimals.
  var decimal = UInt8(ascii: ".")

  /// The byte that may stand between groups of digits; nil for none.
  var thousands: UInt8?

  static let plain = NumberStyle()

  /// Reads a number; nil where the bytes are none in this style.
  ///
  /// Groups after the first have three digits, or two before the last one, as in India; the first of several
  /// does not start with a zero.
  func number(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard self != .plain else { return Cell.number(bytes) }
    guard let plain = rewritten(bytes) else { return nil }
    return Cell.number(plain[...])
  }

  /// The bytes with a point between whole part and decimals, and nothing between groups.
  private func rewritten(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var groups = [0]
    var isWhole = true
    var rest = bytes
    while let byte = rest.first {
      if isWhole, let length = separatorLength(rest) {
        groups.append(0)
        rest.removeFirst(length)
        continue
      }
      rest.removeFirst()
      switch byte {
      case decimal where isWhole:
        isWhole = false
        result.append(UInt8(ascii: "."))
      case UInt8(ascii: "."), decimal: return nil
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        isWhole = false
        result.append(byte)
      default:
        if isWhole, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
          groups[groups.count - 1] += 1
        }
        result.append(byte)
      }
    }
    let isGrouped = groups.count > 1
    return Self.areGroups(groups) && !(isGrouped && Cell.startsWithZero(result[...])) ? result : nil
  }

  private static func areGroups(_ groups: [Int]) -> Bool {
    guard groups.count > 1 else { return true }
    return (1...3).contains(groups[0]) && groups[groups.count - 1] == 3
      && groups.dropFirst().dropLast().allSatisfy { $0 == 2 || $0 == 3 }
  }

  /// The bytes of a separator at the start; a blank stands for the narrow and unbreakable ones too.
  private func separatorLength(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let thousands else { return nil }
    if bytes.first == thousands { return 1 }
    guard thousands == UInt8(ascii: " ") else { return nil }
    return Self.blanks.first { bytes.starts(with: $0) }?.count
  }

  /// The unbreakable blank and the narrow one, in UTF-8.
  private static let blanks: [[UInt8]] = [[0xc2, 0xa0], [0xe2, 0x80, 0xaf], [0xe2, 0x80, 0x89]]
}
