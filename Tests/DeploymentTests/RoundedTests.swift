import Testing

@testable import Deployment

struct RoundedTests {
  @Test(
    arguments: [
      (0, 3, "0"), (1234.5, 3, "1230"), (0.123456, 3, "0.123"), (12.3456, 4, "12.35"),
      (-0.00054321, 2, "-0.00054"), (100, 3, "100"), (99.99, 3, "100.0"), (1, 4, "1.0"),
      (.infinity, 3, "inf"),
    ] as [(Double, Int, String)])
  func `keeps so many significant digits`(number: Double, digits: Int, text: String) {
    #expect(Rounded.text(number, digits: digits) == text)
  }
}
