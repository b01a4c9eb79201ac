import Diagnostics

/// A recursive-descent reader of JSON over UTF-8 bytes, bounded in depth and nodes.
struct JSONParser {
  private let bytes: [UInt8]
  private let file: String
  private let limits: Limits
  private let allowsNonFinite: Bool
  private var index = 0
  private var depth = 0
  private var nodes = 0

  /// - Parameter allowsNonFinite: whether `NaN`, `Infinity` and `-Infinity` are numbers, which JSON lacks.
  init(bytes: [UInt8], file: String, limits: Limits, allowsNonFinite: Bool = false) {
    self.allowsNonFinite = allowsNonFinite
    self.bytes = bytes
    self.file = file
    self.limits = limits
  }

  mutating func parse() throws(Diagnostic) -> Value {
    let value = try parseValue()
    skipSpace()
    guard index == bytes.count else {
      throw problem("there is more text after the end of the JSON value")
    }
    return value
  }

  private mutating func parseValue() throws(Diagnostic) -> Value {
    skipSpace()
    nodes += 1
    guard nodes <= limits.nodes else { throw problem("there are more than \(limits.nodes) values") }
    switch next {
    case UInt8(ascii: "{"):
      return try nested { parser throws(Diagnostic) in try parser.parseObject() }
    case UInt8(ascii: "["):
      return try nested { parser throws(Diagnostic) in try parser.parseArray() }
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "t"): return try parse(word: "true", as: true)
    case UInt8(ascii: "f"): return try parse(word: "false", as: false)
    case UInt8(ascii: "n"): return try parse(word: "null", as: .null)
    case UInt8(ascii: "N") where allowsNonFinite: return try parse(word: "NaN", as: .double(.nan))
    case UInt8(ascii: "I") where allowsNonFinite:
      return try parse(word: "Infinity", as: .double(.infinity))
    case UInt8(ascii: "-") where allowsNonFinite && bytes[index...].starts(with: "-I".utf8):
      return try parse(word: "-Infinity", as: .double(-.infinity))
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")), UInt8(ascii: "-"): return try parseNumber()
    case .none: throw problem("the JSON text ends where a value is expected")
    default: throw problem("no JSON value can begin here")
    }
  }

  private mutating func nested(
    _ parse: (inout JSONParser) throws(Diagnostic) -> Value
  ) throws(Diagnostic) -> Value {
    depth += 1
    guard depth <= limits.depth else {
      throw problem("values lie more than \(limits.depth) levels deep")
    }
    let value = try parse(&self)
    depth -= 1
    return value
  }

  private mutating func parseObject() throws(Diagnostic) -> Value {
    index += 1
    var members: [String: Value] = [:]
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw problem("a key in quotes is expected here") }
      let start = index
      let key = try parseString()
      skipSpace()
      guard take(":") else { throw problem("a ':' is expected here") }
      guard members.updateValue(try parseValue(), forKey: key) == nil else {
        throw problem("the key '\(key)' is given twice", at: start)
      }
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw problem("a ',' or '}' is expected here") }
    }
  }

  private mutating func parseArray() throws(Diagnostic) -> Value {
    index += 1
    var elements: [Value] = []
    skipSpace()
    if take("]") { return .array(elements) }
    while true {
      elements.append(try parseValue())
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw problem("a ',' or ']' is expected here") }
    }
  }

  private mutating func parse(word: StaticString, as value: Value) throws(Diagnostic) -> Value {
    let expected = word.description.utf8
    guard bytes[index...].starts(with: expected) else {
      throw problem("no JSON value can begin here")
    }
    index += expected.count
    return value
  }

  private mutating func parseNumber() throws(Diagnostic) -> Value {
    let start = index
    _ = take("-")
    let leadingZero = next == UInt8(ascii: "0")
    let whole = skipDigits()
    guard whole > 0, !leadingZero || whole == 1 else {
      throw problem("the number is malformed", at: start)
    }
    var isInteger = true
    if take(".") {
      isInteger = false
      guard skipDigits() > 0 else { throw problem("the number is malformed", at: start) }
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      guard skipDigits() > 0 else { throw problem("the number is malformed", at: start) }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isInteger, let int = Int(text) { return .int(int) }
    guard let double = Double(text), double.isFinite else {
      throw problem("the number \(text) is too large", at: start)
    }
    return .double(double)
  }

  private mutating func parseString() throws(Diagnostic) -> String {
    index += 1
    let start = index
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      index += 1
    }
    if next == UInt8(ascii: "\"") {
      defer { index += 1 }
      return try text(bytes[start..<index], at: start)
    }
    var unescaped = Array(bytes[start..<index])
    while true {
      switch next {
      case .none: throw problem("the string is never closed", at: start - 1)
      case UInt8(ascii: "\""):
        index += 1
        return try text(unescaped[...], at: start)
      case UInt8(ascii: "\\"): try parseEscape(into: &unescaped)
      case .some(let byte):
        guard byte >= 0x20 else { throw problem("a control character stands bare in a string") }
        unescaped.append(byte)
        index += 1
      }
    }
  }

  private func text(_ slice: ArraySlice<UInt8>, at start: Int) throws(Diagnostic) -> String {
    guard slice.count <= limits.scalarBytes else {
      throw problem("the string has more than \(limits.scalarBytes) bytes", at: start)
    }
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw problem("the string is not UTF-8", at: start)
    }
    return text
  }

  private mutating func parseEscape(into unescaped: inout [UInt8]) throws(Diagnostic) {
    let start = index
    index += 1
    guard let letter = next else { throw problem("the string is never closed", at: start) }
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"): unescaped += Array(String(try parseScalar(from: start)).utf8)
    default: throw problem("the escape is not one of JSON's", at: start)
    }
  }

  private mutating func parseScalar(from start: Int) throws(Diagnostic) -> Unicode.Scalar {
    let first = try parseCodeUnit(from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard UTF16.isLeadSurrogate(UInt16(first)), take("\\"), take("u") else {
      throw problem("the escape is half of a surrogate pair", at: start)
    }
    let second = try parseCodeUnit(from: start)
    guard UTF16.isTrailSurrogate(UInt16(second)),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw problem("the escape is half of a surrogate pair", at: start) }
    return scalar
  }

  private mutating func parseCodeUnit(from start: Int) throws(Diagnostic) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw problem("the escape needs four hexadecimal digits", at: start)
      }
      unit = unit << 4 | UInt32(digit)
      index += 1
    }
    return unit
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ expected: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: expected) else { return false }
    index += 1
    return true
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
    return index - start
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
  }

  private func problem(_ message: String, at place: Int? = nil) -> Diagnostic {
    var line = 1
    var column = 1
    for byte in bytes[..<min(place ?? index, bytes.count)] {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Diagnostic(message, at: SourceRange(file: file, line: line, column: column))
  }
}
