/// How a scalar is written on one line.
enum ScalarText {
  /// The longest key that YAML lets stand before a `:` is 1024 characters, quotes included.
  static let longestKey = 1000

  static func text(for value: Value) -> String {
    switch value {
    case .string(let string): isPlain(string) ? string : quoted(string)
    case .double(let double) where double.isNaN: ".nan"
    case .double(let double) where double.isInfinite: double < 0 ? "-.inf" : ".inf"
    case .null, .bool, .int, .double, .array, .object: value.canonicalJSON
    }
  }

  /// Whether every reader takes the bare text for this very string.
  private static func isPlain(_ string: String) -> Bool {
    guard let first = string.unicodeScalars.first, isWord(first) || first == "/" || first == "."
    else { return false }
    guard string.last != " ", string.last != ":" else { return false }
    guard
      string.unicodeScalars.allSatisfy({ isWord($0) || " -+./:%*()=@".unicodeScalars.contains($0) })
    else { return false }
    return !string.contains(": ") && !isSpecial(string)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_" || isDigit(scalar))
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Whether YAML 1.1 or 1.2 reads the text as something other than a string. Whatever begins like a
  /// number is treated as special, because YAML 1.1 knows dates, base 60 and grouped digits.
  private static func isSpecial(_ string: String) -> Bool {
    if case .string = CoreSchema.resolve(string) {} else { return true }
    if ["yes", "no", "on", "off", "y", "n"].contains(string.lowercased()) { return true }
    guard let first = string.unicodeScalars.first, isDigit(first) || first == "." else {
      return false
    }
    return string.unicodeScalars.allSatisfy {
      isDigit($0) || ".:_-+eExX TZ".unicodeScalars.contains($0)
    }
  }

  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where needsEscape(scalar.value):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private static func needsEscape(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
