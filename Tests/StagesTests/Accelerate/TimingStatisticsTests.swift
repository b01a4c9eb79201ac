import Testing

@testable import Stages

struct TimingStatisticsTests {
  @Test(
    arguments: [
      ([1], 1), ([3, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([5, 5, 5, 100], 5),
    ] as [([Double], Double)])
  func `takes the median`(seconds: [Double], median: Double) {
    #expect(TimingStatistics(seconds: seconds, rows: 1).median == median)
  }

  @Test func `interpolates quantiles`() {
    let timing = TimingStatistics(seconds: (0...100).map(Double.init), rows: 1)
    #expect(timing.quantile(0.99) == 99)
    #expect(timing.quantile(0.995) == 99.5)
    #expect(timing.quantile(0) == 0)
    #expect(timing.quantile(1) == 100)
  }

  /// For 100 timings the ranks are 50 ± 9.8, so 40 and 60 counted from zero.
  @Test func `bounds the median by order statistics`() {
    let timing = TimingStatistics(seconds: (0..<100).map(Double.init), rows: 1)
    #expect(timing.medianInterval == 40...60)
  }

  @Test func `keeps the interval within few timings`() {
    #expect(TimingStatistics(seconds: [2, 1], rows: 1).medianInterval == 1...2)
  }

  @Test func `tells rows a second`() {
    #expect(TimingStatistics(seconds: [0.5, 0.5, 0.5], rows: 64).throughput == 128)
  }
}
