import Testing

@testable import Network

struct CalibrationTests {
  /// A triangle of values over 0...1 with one value far away at 10.
  private var skewed: ValueHistogram {
    var values = ValueHistogram(low: 0, high: 10)
    let bins = ValueHistogram.binCount
    var counts = (0..<bins).map { max(0, Double(bins / 10 - $0)) }
    counts[bins - 1] = 1
    values.add(counts)
    return values
  }

  @Test func `takes the whole range for min-max`() {
    let grid = Calibration.minMax.grid(skewed)
    #expect(abs(grid.dequantize(255) - 10) < 1e-5)
  }

  @Test func `leaves outliers out for a percentile`() {
    let grid = Calibration.percentile(Percentile()).grid(skewed)
    #expect(grid.dequantize(255) < 1.01)
    #expect(grid.dequantize(255) > 0.97)
  }

  @Test(arguments: [Calibration.meanSquaredError, .entropy])
  func `never does worse than the whole range by its own measure`(calibration: Calibration) {
    let grid = calibration.grid(skewed)
    #expect(grid.dequantize(255) <= 10.001)
    #expect(grid.rounding(0) == 0)
  }

  @Test func `finds the range of least squared error`() {
    let values = skewed
    func error(_ grid: IntegerGrid) -> Double {
      values.counts.enumerated().reduce(0) { sum, bin in
        let value = values.center(bin.offset)
        return sum + bin.element * (value - grid.rounding(value)) * (value - grid.rounding(value))
      }
    }
    let best = error(Calibration.meanSquaredError.grid(values))
    for high in stride(from: 2.0, through: 10, by: 0.5) {
      #expect(best <= error(IntegerGrid(low: 0, high: high)) + 1e-9)
    }
  }

  @Test(arguments: [
    Calibration.minMax, .percentile(Percentile()), .meanSquaredError, .entropy,
  ])
  func `copes with constant activations`(calibration: Calibration) {
    #expect(calibration.grid(ValueHistogram(low: 0, high: 0)).scale == 1)
    let three = calibration.grid(ValueHistogram(low: 3, high: 3)).rounding(3)
    #expect(abs(three - 3) < 1e-6)
  }

  @Test func `finds quantiles within a bin`() {
    var values = ValueHistogram(low: 0, high: 1)
    values.add(Array(repeating: 1, count: ValueHistogram.binCount))
    for share in [0.1, 0.5, 0.9] {
      #expect(abs(values.quantile(share) - share) <= values.binWidth)
    }
  }
}
