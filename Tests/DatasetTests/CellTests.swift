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
    #expect(Cell(Array(text.utf8)[...], missing: []) == .number(expected))
  }

  @Test(arguments: ["1,5", "0x10", "1 2", "e5", "-", ".", "1e", "one", "1_000", "infinit"])
  func `leaves other text alone`(text: String) {
    #expect(Cell(Array(text.utf8)[...], missing: []) == .text)
  }

  @Test(arguments: ["", "  ", "NaN", "nan", "?", " NA ", "-999"])
  func `knows missing values`(text: String) {
    let sentinels: Set<[UInt8]> = [Array("?".utf8), Array("NA".utf8), Array("-999".utf8)]
    #expect(Cell(Array(text.utf8)[...], missing: sentinels) == .missing)
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
}
