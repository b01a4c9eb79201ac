/// A field of a table, as far as its bytes tell.
enum Cell: Hashable, Sendable {
  case missing
  case number(Double)
  case text

  /// The field without the blanks around it.
  static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var field = field
    while let first = field.first, first == space || first == tab { field.removeFirst() }
    while let last = field.last, last == space || last == tab { field.removeLast() }
    return field
  }

  /// Whether digits follow a zero at the start, as in codes; `0.5` has none.
  static func hasLeadingZero(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard startsWithZero(bytes), let second = withoutSign(bytes).dropFirst().first else {
      return false
    }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second)
  }

  static func startsWithZero(_ bytes: ArraySlice<UInt8>) -> Bool {
    withoutSign(bytes).first == UInt8(ascii: "0")
  }

  private static func withoutSign(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let hasSign = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
    return hasSign ? bytes.dropFirst() : bytes
  }

  /// Whether a number is written in digits, and not as `inf`.
  static func isDigits(_ field: ArraySlice<UInt8>) -> Bool {
    field.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// Reads a decimal number as `strtod` does, exactly rounded; `nan`, `inf` and `infinity` too.
  static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
    simpleNumber(bytes) ?? generalNumber(bytes)
  }

  private static let space = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")

  /// Numbers whose digits and power of ten are exact in binary, so that one division or
  /// multiplication rounds correctly (Clinger 1990); nil for all others.
  private static func simpleNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
    var index = bytes.startIndex
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { index += 1 }
    var digits = 0
    var places = 0
    var count = 0
    var hasPoint = false
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
        count += 1
        if hasPoint { places += 1 }
        if count > 15 { return nil }
      } else {
        return nil
      }
      index += 1
    }
    guard count > 0 else { return nil }
    let magnitude = places == 0 ? Double(digits) : Double(digits) / powersOfTen[places]
    return isNegative ? -magnitude : magnitude
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  private static func generalNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard bytes.count <= 400 else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    switch text.lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: break
    }
    let allowed = bytes.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte)
        || [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte)
    }
    return allowed ? Double(text) : nil
  }
}
