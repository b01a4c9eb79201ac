/// The tag resolution of YAML 1.2.2, section 10.3.2.
enum CoreSchema {
  static func resolve(_ text: String) -> Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    case ".nan", ".NaN", ".NAN": return .double(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
    default: return number(text) ?? .string(text)
    }
  }

  private static func number(_ text: String) -> Value? {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, first < 0x3A, first >= 0x2B else { return nil }
    if bytes.starts(with: "0o".utf8) { return unsigned(text.dropFirst(2), radix: 8) }
    if bytes.starts(with: "0x".utf8) { return unsigned(text.dropFirst(2), radix: 16) }
    var rest = bytes[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let whole = dropDigits(&rest)
    if rest.isEmpty, whole > 0 { return Int(text).map { .int($0) } ?? double(text) }
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = dropDigits(&rest)
    }
    guard whole + fraction > 0 else { return nil }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      guard dropDigits(&rest) > 0 else { return nil }
    }
    return rest.isEmpty ? double(text) : nil
  }

  private static func unsigned(_ digits: Substring, radix: Int) -> Value? {
    guard digits.first?.isHexDigit == true else { return nil }
    if let int = Int(digits, radix: radix) { return .int(int) }
    // Beyond 64 bits it is as large as it says, as decimal numbers are.
    var large = 0.0
    for digit in digits {
      guard let value = digit.hexDigitValue, value < radix else { return nil }
      large = large * Double(radix) + Double(value)
    }
    return .double(large)
  }

  private static func double(_ text: String) -> Value? { Double(text).map { .double($0) } }

  private static func dropDigits(_ bytes: inout ArraySlice<UInt8>) -> Int {
    let before = bytes.count
    bytes = bytes.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return before - bytes.count
  }
}
