package import Diagnostics

/// Reads the JSON of a safetensors header.
///
/// It accepts exactly the structure of the format, so nesting is bounded and nothing is skipped:
/// an object of tensors, each `{"dtype": text, "shape": [whole numbers], "data_offsets": [two]}`,
/// and `"__metadata__"`, an object of texts. Repeated and unknown keys are errors.
package struct SafeTensorsParser {
  package struct Described {
    package var type = ""
    package var shape: [Int] = []
    package var first = 0
    package var end = 0
  }

  package struct Parsed {
    package var tensors: [String: Described] = [:]
    package var metadata: [String: String] = [:]
  }

  private let bytes: [UInt8]
  private var place = 0

  /// More dimensions than any tensor here can have.
  private static let dimensionLimit = 64

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package mutating func parse() throws(Diagnostic) -> Parsed {
    var parsed = Parsed()
    var hasMetadata = false
    try object { parser, name throws(Diagnostic) in
      if name == "__metadata__" {
        guard !hasMetadata else { throw parser.repeated(name) }
        hasMetadata = true
        parsed.metadata = try parser.texts()
      } else {
        guard parsed.tensors[name] == nil else { throw parser.repeated(name) }
        parsed.tensors[name] = try parser.described()
      }
    }
    skipSpace()
    guard place == bytes.count else { throw problem("text after the end") }
    return parsed
  }

  private mutating func described() throws(Diagnostic) -> Described {
    var described = Described()
    var seen: Set<String> = []
    try object { parser, key throws(Diagnostic) in
      guard seen.insert(key).inserted else { throw parser.repeated(key) }
      switch key {
      case "dtype": described.type = try parser.text()
      case "shape": described.shape = try parser.integers()
      case "data_offsets":
        let offsets = try parser.integers()
        guard offsets.count == 2 else { throw parser.problem("not two offsets") }
        (described.first, described.end) = (offsets[0], offsets[1])
      default: throw parser.problem("the unknown key '\(key)'")
      }
    }
    guard seen.count == 3 else { throw problem("a tensor without dtype, shape or data_offsets") }
    return described
  }

  private mutating func texts() throws(Diagnostic) -> [String: String] {
    var texts: [String: String] = [:]
    try object { parser, key throws(Diagnostic) in
      guard texts[key] == nil else { throw parser.repeated(key) }
      texts[key] = try parser.text()
    }
    return texts
  }

  private mutating func integers() throws(Diagnostic) -> [Int] {
    try expect("[")
    var values: [Int] = []
    if accept("]") { return values }
    repeat {
      guard values.count < Self.dimensionLimit else { throw problem("too many numbers") }
      values.append(try integer())
    } while accept(",")
    try expect("]")
    return values
  }

  private mutating func object(
    _ member: (inout SafeTensorsParser, String) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try expect("{")
    if accept("}") { return }
    repeat {
      let key = try text()
      try expect(":")
      try member(&self, key)
    } while accept(",")
    try expect("}")
  }

  private mutating func integer() throws(Diagnostic) -> Int {
    skipSpace()
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      place += 1
    }
    let digits = String(decoding: bytes[start..<place], as: UTF8.self)
    guard let value = Int(digits), digits == "0" || !digits.hasPrefix("0") else {
      throw problem("no whole number")
    }
    return value
  }

  private mutating func text() throws(Diagnostic) -> String {
    try expect("\"")
    var content: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw problem("text that is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): content += try escaped()
      case 0..<0x20: throw problem("a control character in text")
      default: content.append(byte)
      }
    }
    throw problem("text without an end")
  }

  private mutating func escaped() throws(Diagnostic) -> [UInt8] {
    guard place < bytes.count else { throw problem("text without an end") }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(try scalar().utf8)
    default: throw problem("an unknown escape")
    }
  }

  /// The character of one `\u` escape or of a surrogate pair of two.
  private mutating func scalar() throws(Diagnostic) -> String {
    var code = UInt32(try unit())
    if (0xD800..<0xDC00).contains(code), bytes[place...].starts(with: Array("\\u".utf8)) {
      place += 2
      let low = UInt32(try unit())
      guard (0xDC00..<0xE000).contains(low) else { throw problem("half a surrogate pair") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw problem("half a surrogate pair") }
    return String(scalar)
  }

  private mutating func unit() throws(Diagnostic) -> UInt16 {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("an escape without four digits") }
    place += 4
    return unit
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Diagnostic) {
    guard accept(character) else { throw problem("no '\(character)'") }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private func repeated(_ key: String) -> Diagnostic { problem("the key '\(key)' twice") }

  private func problem(_ fact: String) -> Diagnostic {
    Diagnostic("the header has \(fact) at byte \(place)")
  }
}
