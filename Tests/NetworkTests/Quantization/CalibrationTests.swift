import Foundation
import Options
import Tensor
import Testing
import YAML

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

  /// Values of a rectifier, half of them zero, whose others fall off as exp(-(bin / c)^k).
  private func rectified(_ law: Value) throws -> ValueHistogram {
    var values = ValueHistogram(low: 0, high: 1)
    let c = try #require(law["c"]?.double)
    let k = try #require(law["k"]?.double)
    var counts = (0..<ValueHistogram.binCount).map { bin in
      (1e6 * exp(-pow(Double(bin) / c, k))).rounded(.down)
    }
    counts[0] = 1e8
    values.add(counts)
    return values
  }

  /// The reference is NVIDIA's algorithm, written anew in NumPy and SciPy; see `calibration.py`.
  @Test(arguments: 0..<4)
  func `measures entropy as the reference does`(law: Int) throws {
    let reference = try #require(
      try Reference.read(
        "calibration", from: URL(filePath: #filePath).deletingLastPathComponent().path
      ).array?[law])
    let values = try rectified(reference)
    let calibration = EntropyCalibration(values)
    for (length, expected) in reference["divergences"]?.object ?? [:] {
      let nats = calibration.divergence(within: 0..<(Int(length) ?? 0)).nats
      let expected = expected.double ?? .infinity
      #expect(abs(nats - expected) < 1e-9 || nats == expected, "\(length): \(nats)")
    }
    // Where the divergence is flat the ranges may differ, not what they cost.
    let grid = Calibration.entropy.grid(values)
    let best = Int((grid.dequantize(255) * Double(ValueHistogram.binCount)).rounded())
    let nats = calibration.divergence(within: 0..<best).nats
    let least = try #require(reference["least"]?.double)
    #expect(nats < least + 5e-4)
    #expect(try abs(Double(best) / Double(#require(reference["range"]?.int)) - 1) < 0.2)
  }

  /// The values of a layer after a rectifier: the zeros of it and of sparse features must not narrow the
  /// range, nor must the noise of few values.
  @Test(
    arguments: [Calibration.minMax, .percentile(Percentile()), .meanSquaredError, .entropy],
    [8_000, 64_000])
  func `keeps what activations say`(calibration: Calibration, count: Int) throws {
    var stream = RandomStream(seed: 17)
    for shift in [0, -1.3] {
      let values = try (stream.normal([count]) + shift).relu()
      let high = try values.max().item()
      var histogram = ValueHistogram(low: 0, high: high)
      try histogram.add(
        values.histogram(bins: ValueHistogram.binCount, in: 0...high).array(Double.self))
      let grid = calibration.grid(histogram)
      let rounded = try values.fakeQuantized(
        scale: grid.scale, zeroPoint: grid.zeroPoint, in: grid.range)
      #expect(
        try signalToNoise(values, rounded) > (calibration == .percentile(Percentile()) ? 25 : 33),
        "\(shift)")
    }
  }

  @Test func `finds quantiles beside values far away`() throws {
    let example = WeightedNetwork(
      try Network(
        inputs: [NetworkInput(name: "x", kind: .numbers, shape: [1])],
        nodes: [NetworkNode(name: "flat", inputs: ["x"], layer: Flatten())], outputs: ["flat"]),
      [:])
    var numbers = (0..<5000).map { Float($0) / 5000 }
    numbers[17] = 1e6
    let batches = [["x": try Tensor(numbers, shape: [5000, 1])]]
    let statistics = try ActivationStatistics(of: ["x"], in: example, batches: batches)
    let values = try #require(statistics.histograms["x"])
    #expect(values.total == 5000)
    #expect(values.high == 1e6)
    for share in [0.01, 0.25, 0.5, 0.99] {
      #expect(abs(values.quantile(share) - share) < 0.002, "\(share): \(values.quantile(share))")
    }
    var settings = Percentile()
    settings.share = 99
    #expect(abs(Calibration.percentile(settings).grid(values).dequantize(255) - 0.99) < 0.01)
  }

  @Test func `finds quantiles within a bin`() {
    var values = ValueHistogram(low: 0, high: 1)
    values.add(Array(repeating: 1, count: ValueHistogram.binCount))
    for share in [0.1, 0.5, 0.9] {
      #expect(abs(values.quantile(share) - share) <= values.binWidth)
    }
  }
}
