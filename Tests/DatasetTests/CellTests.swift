import Testing

@testable import Dataset

@Suite struct CellTests {
  @Test(
    arguments: [
      ("0", 0), ("-1", -1), ("+2.5", 2.5), (" 3\t", 3), (".5", 0.5), ("5.", 5), ("1e3", 1000),
      ("-1.25E-2", -0.0125), ("0.1", 0.1), ("123456789.123456789", 123456789.123456789),
      ("9007199254740993", 9_007_199_254_740_992), ("2.2250738585072014e-308", 0x1p-1022),
      ("inf", .infinity), ("-Infinity", -.infinity), ("-0", 0),
    ] as [(String, Double)])
  func `reads numbers`(text: String, expected: Double) {
    #expect(CellReader().cell(Array(text.utf8)[...]) == .number(expected))
  }

  @Test(arguments: ["1,5", "0x10", "1 2", "e5", "-", ".", "1e", "one", "1_000", "infinit"])
  func `leaves other text alone`(text: String) {
    #expect(CellReader().cell(Array(text.utf8)[...]) == .text)
  }

  @Test(arguments: ["", "  ", "NaN", "nan", "?", " NA ", "-999", "-999.0", "-9.99e2"])
  func `knows missing values`(text: String) {
    let reader = CellReader(missing: MissingTexts(["?", "NA", "-999"]))
    #expect(reader.cell(Array(text.utf8)[...]) == .missing)
  }

  @Test func `reads back every printed number`() {
    var stream = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let number = Double(bitPattern: stream.next())
      guard number.isFinite else { continue }
      #expect(Cell.number(Array("\(number)".utf8)[...]) == number)
      let small = Double(Int(truncatingIfNeeded: stream.next()) % 1_000_000) / 1000
      #expect(Cell.number(Array("\(small)".utf8)[...]) == small)
    }
  }

  @Test(
    arguments: [
      (",", ".", "1,234", 1234), (",", ".", "-1,234,567.5", -1_234_567.5), (",", ".", "999", 999),
      (",", ".", "12,34,567", 1_234_567), (".", ",", "1.234,5", 1234.5), (nil, ",", "0,5", 0.5),
      (" ", ".", "12 345.6", 12345.6), (" ", ",", "12\u{a0}345,6", 12345.6),
      (" ", ",", "12\u{202f}345", 12345), ("'", ".", "1'000", 1000),
      (",", ".", "1,000e3", 1_000_000),
    ] as [(Unicode.Scalar?, Unicode.Scalar, String, Double)])
  func `reads numbers in other styles`(
    thousands: Unicode.Scalar?, decimal: Unicode.Scalar, text: String, expected: Double
  ) {
    let style = NumberStyle(
      decimal: UInt8(ascii: decimal), thousands: thousands.map { UInt8(ascii: $0) })
    #expect(CellReader(style: style).cell(Array(text.utf8)[...]) == .number(expected))
  }

  @Test(
    arguments: [
      (",", ".", "1,23"), (",", ".", "1,2345"), (",", ".", ",123"), (",", ".", "1234,567"),
      (",", ".", "1,234,56"), (",", ".", "0,125"), (".", ",", "1.5"), (nil, ",", "1.5"),
      (",", ".", "1.5,000"),
      (",", ".", "1.234.5"), (nil, ",", "1,2,3"),
    ] as [(Unicode.Scalar?, Unicode.Scalar, String)])
  func `takes no text for a number in another style`(
    thousands: Unicode.Scalar?, decimal: Unicode.Scalar, text: String
  ) {
    let style = NumberStyle(
      decimal: UInt8(ascii: decimal), thousands: thousands.map { UInt8(ascii: $0) })
    #expect(CellReader(style: style).cell(Array(text.utf8)[...]) == .text)
  }
}
