import Testing

@testable import Network

struct IntegerGridTests {
  /// s = (max(b, 0) - min(a, 0)) / 255 and z = round(-a / s), by hand.
  @Test(
    arguments: [
      (0.0, 25.5, 0.1, 0), (-25.5, 0, 0.1, 255), (-1.28, 1.27, 0.01, 128), (2, 5.1, 0.02, 0),
      (-5.1, -2, 0.02, 255),
    ] as [(Double, Double, Double, Int)])
  func `has the scale and zero point of the formula`(
    low: Double, high: Double, scale: Double, zeroPoint: Int
  ) {
    let grid = IntegerGrid(low: low, high: high)
    #expect(abs(grid.scale - scale) < 1e-8)
    #expect(grid.zeroPoint == zeroPoint)
  }

  @Test(arguments: [(0.0, 0.0), (-3, 7.3), (0.1, 9), (-8, -0.5), (-1e-30, 1e30)])
  func `holds zero exactly`(low: Double, high: Double) {
    let grid = IntegerGrid(low: low, high: high)
    #expect(grid.rounding(0) == 0)
    #expect(grid.scale > 0)
  }

  @Test func `gives a range of zero alone the scale one`() {
    #expect(IntegerGrid(low: 0, high: 0).scale == 1)
    #expect(IntegerGrid(low: 0, high: .leastNonzeroMagnitude).scale == 1)
  }

  @Test(arguments: [(0.5, 0), (1.5, 2), (2.5, 2), (3.5, 4), (254.5, 254), (300, 255), (-1, 0)])
  func `rounds half to even and clamps`(value: Double, integer: Int) {
    let grid = IntegerGrid(low: 0, high: 255)
    #expect(grid.quantize(value) == integer)
  }

  @Test func `errs by at most half a step inside its range`() {
    let grid = IntegerGrid(low: -1.7, high: 4.2)
    for step in 0...1000 {
      let value = -1.69 + 5.88 * Double(step) / 1000
      #expect(abs(grid.rounding(value) - value) <= grid.scale / 2 + 1e-12)
    }
  }
}
