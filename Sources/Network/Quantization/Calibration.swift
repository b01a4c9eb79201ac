package import Options

/// How the range of an activation is chosen from the values seen on the calibration sample.
package enum Calibration: Choice, Hashable {
  /// The least and the largest value.
  case minMax
  /// The range that leaves out the most extreme values on both sides.
  case percentile(Percentile)
  /// The range whose grid has the least squared error.
  case meanSquaredError
  /// The range whose rounded distribution is nearest to the seen one in relative entropy.
  case entropy

  package static let title = "calibration"
  package static let summary = "How the range of an activation is chosen."

  package static var cases: [Case<Self>] {
    Case("min-max", .minMax, "The least and the largest value.")
    Case(
      "percentile", Percentile.self, Self.percentile,
      "The range without the most extreme values.")
    Case("mse", .meanSquaredError, "The range whose grid has the least squared error.")
    Case("entropy", .entropy, "The range that changes the distribution of values least.")
  }

  package var payload: (any OptionValue)? {
    switch self {
    case .percentile(let settings): settings
    case .minMax, .meanSquaredError, .entropy: nil
    }
  }

  /// The grid for an activation with the given values.
  package func grid(_ values: ValueHistogram) -> IntegerGrid {
    guard values.high > values.low, values.total > 0 else {
      return IntegerGrid(low: values.low, high: values.high)
    }
    switch self {
    case .minMax:
      return IntegerGrid(low: values.low, high: values.high)
    case .percentile(let settings):
      let outside = 1 - settings.share / 100
      return IntegerGrid(
        low: outside > 0 ? values.lowerQuantile(outside) : values.low,
        high: values.quantile(1 - outside))
    case .meanSquaredError:
      return Self.best(values) { grid in Self.squaredError(values, grid) }
    case .entropy:
      return EntropyCalibration(values).grid
    }
  }

  /// The grid with the least cost among ranges shrunk in steps of one hundredth; the widest of
  /// equals.
  private static func best(
    _ values: ValueHistogram, _ cost: (IntegerGrid) -> Double
  ) -> IntegerGrid {
    var best = IntegerGrid(low: values.low, high: values.high)
    var least = cost(best)
    for percent in stride(from: 99.0, through: 20, by: -1) {
      let grid = IntegerGrid(low: values.low * percent / 100, high: values.high * percent / 100)
      let candidate = cost(grid)
      if candidate < least { (best, least) = (grid, candidate) }
    }
    return best
  }

  private static func squaredError(_ values: ValueHistogram, _ grid: IntegerGrid) -> Double {
    values.counts.indices.reduce(0) { sum, bin in
      guard values.counts[bin] > 0 else { return sum }
      let error = values.center(bin) - grid.rounding(values.center(bin))
      return sum + values.counts[bin] * error * error
    }
  }
}

/// The settings of percentile calibration.
package struct Percentile: Options, Hashable {
  package static let title = "percentile"
  package static let summary = "The range without the most extreme values."

  package var share = 99.99

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "share", \.share, in: 50...100, "The per cent of values that lie below the range's upper end."
    )
  }
}
