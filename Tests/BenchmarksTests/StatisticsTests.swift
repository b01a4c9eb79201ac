import Testing

@testable import Benchmarking

struct `Spreads` {
  @Test(arguments: [
    ([3.0], 3.0, 3.0, 3.0), ([5, 1, 3], 3, 1, 5), ([4, 1, 2, 8], 3, 1, 8), ([2, 2, 9], 2, 2, 9),
  ])
  func `have a middle and two ends`(
    numbers: [Double], median: Double, least: Double, most: Double
  ) throws {
    let spread = try #require(Spread(numbers))
    #expect(spread.median == median)
    #expect(spread.least == least)
    #expect(spread.most == most)
  }

  @Test func `of nothing are nothing`() {
    #expect(Spread([]) == nil)
  }
}

struct `Growth exponents` {
  @Test(arguments: [0.0, 0.5, 1, 2])
  func `are those of the power that made the times`(power: Double) throws {
    let points = [100.0, 200, 400].map { (size: $0, time: 3 * scaled($0, by: power)) }
    let exponent = try #require(Growth.exponent(points))
    #expect(abs(exponent - power) < 1e-12)
  }

  @Test(arguments: [[], [(100.0, 1.0)], [(100, 1), (100, 2)], [(100, 0), (200, 1)]])
  func `need two sizes and times above zero`(points: [(Double, Double)]) {
    #expect(Growth.exponent(points.map { (size: $0.0, time: $0.1) }) == nil)
  }

  /// `size^power` for the powers that the cases have.
  private func scaled(_ size: Double, by power: Double) -> Double {
    switch power {
    case 0: 1
    case 0.5: size.squareRoot()
    case 1: size
    default: size * size
    }
  }
}

struct `A series` {
  @Test func `keep what was measured before they ended`() {
    var series = Series()
    series.add(.finished(Measurement(wall: 2, processor: 1, peakMemory: 10)))
    series.add(.finished(Measurement(wall: 4, processor: 3, peakMemory: 30)))
    series.add(.exceeded(60))
    #expect(series.wall?.median == 3)
    #expect(series.processor?.median == 2)
    #expect(series.peakMemory == 30)
    #expect(series.shortfall == .exceeded(60))
  }
}
