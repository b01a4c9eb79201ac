internal import Diagnostics

/// A value of Python's literals, as far as the headers of NumPy's files have them.
indirect enum NumpyLiteral: Hashable {
  case text(String)
  case bool(Bool)
  case integer(Int)
  case tuple([NumpyLiteral])
  case list([NumpyLiteral])
  case dictionary([String: NumpyLiteral])
  case none

  /// Reads a literal and nothing behind it but blanks.
  init(parsing bytes: [UInt8]) throws(Diagnostic) {
    var parser = Parser(bytes: bytes)
    self = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.place == bytes.count else { throw parser.problem("text after the end") }
  }

  private struct Parser {
    let bytes: [UInt8]
    var place = 0

    /// Deeper values are in no header.
    private static let mostDepth = 16

    mutating func value(depth: Int) throws(Diagnostic) -> NumpyLiteral {
      guard depth < Self.mostDepth else { throw problem("values too deep within another") }
      skipBlanks()
      switch peek {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text())
      case UInt8(ascii: "("):
        return .tuple(try elements("(", ")", depth))
      case UInt8(ascii: "["):
        return .list(try elements("[", "]", depth))
      case UInt8(ascii: "{"): return .dictionary(try dictionary(depth))
      case UInt8(ascii: "T"): return try word("True", .bool(true))
      case UInt8(ascii: "F"): return try word("False", .bool(false))
      case UInt8(ascii: "N"): return try word("None", .none)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
      default: throw problem("no value where one belongs")
      }
    }

    private var peek: UInt8 { place < bytes.count ? bytes[place] : 0 }

    mutating func skipBlanks() {
      while [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t")].contains(peek) {
        place += 1
      }
    }

    private mutating func accept(_ mark: UnicodeScalar) -> Bool {
      skipBlanks()
      guard peek == UInt8(ascii: mark), place < bytes.count else { return false }
      place += 1
      return true
    }

    private mutating func expect(_ mark: UnicodeScalar) throws(Diagnostic) {
      guard accept(mark) else { throw problem("no '\(mark)' where one belongs") }
    }

    private mutating func elements(
      _ first: UnicodeScalar, _ last: UnicodeScalar, _ depth: Int
    ) throws(Diagnostic) -> [NumpyLiteral] {
      try expect(first)
      var values: [NumpyLiteral] = []
      while !accept(last) {
        values.append(try value(depth: depth + 1))
        if !accept(",") {
          try expect(last)
          break
        }
      }
      return values
    }

    private mutating func dictionary(_ depth: Int) throws(Diagnostic) -> [String: NumpyLiteral] {
      try expect("{")
      var values: [String: NumpyLiteral] = [:]
      while !accept("}") {
        skipBlanks()
        let key = try text()
        try expect(":")
        guard values.updateValue(try value(depth: depth + 1), forKey: key) == nil else {
          throw problem("the key '\(key)' twice")
        }
        if !accept(",") {
          try expect("}")
          break
        }
      }
      return values
    }

    private mutating func text() throws(Diagnostic) -> String {
      let quote = peek
      guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
        throw problem("no text where one belongs")
      }
      place += 1
      let start = place
      while place < bytes.count, bytes[place] != quote {
        guard bytes[place] != UInt8(ascii: "\\") else { throw problem("an escape in a text") }
        place += 1
      }
      guard place < bytes.count else { throw problem("a text without an end") }
      place += 1
      return String(decoding: bytes[start..<place - 1], as: UTF8.self)
    }

    private mutating func integer() throws(Diagnostic) -> Int {
      var value = 0
      while case let digit = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
        let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
        let (sum, exceeds) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
        guard !overflows, !exceeds else { throw problem("a number that is too large") }
        value = sum
        place += 1
      }
      // Python 2 marked long integers.
      if peek == UInt8(ascii: "L") { place += 1 }
      return value
    }

    private mutating func word(
      _ word: String, _ value: NumpyLiteral
    ) throws(Diagnostic) -> NumpyLiteral {
      guard bytes[place...].starts(with: word.utf8) else {
        throw problem("no value where one belongs")
      }
      place += word.utf8.count
      return value
    }

    func problem(_ fact: String) -> Diagnostic {
      Diagnostic("its header has \(fact), at byte \(place)")
    }
  }
}
