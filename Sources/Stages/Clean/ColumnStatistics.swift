internal import Dataset

/// Figures of one column's present values.
struct ColumnStatistics {
  private let sorted: [Float]

  /// - Parameter values: At least one, none of them NaN.
  init(_ values: [Float]) {
    sorted = values.sorted()
  }

  var mean: Double { sorted.reduce(0) { $0 + Double($1) } / Double(sorted.count) }

  /// The population's standard deviation.
  var deviation: Double {
    let mean = mean
    let sum = sorted.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (sum / Double(sorted.count)).squareRoot()
  }

  /// The quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
  func quantile(_ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place.rounded(.down))
    let high = min(low + 1, sorted.count - 1)
    let (below, above) = (Double(sorted[low]), Double(sorted[high]))
    return below + (above - below) * (place - Double(low))
  }

  /// The most frequent value, the least of several.
  var mode: Float {
    var best = (value: sorted[0], count: 0)
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      if end - start > best.count { best = (sorted[start], end - start) }
      start = end
    }
    return best.value
  }

  /// The median of the distances to the median, scaled to a normal distribution's deviation.
  var medianDeviation: Double {
    let median = quantile(0.5)
    let distances = ColumnStatistics(sorted.map { Float(abs(Double($0) - median)) })
    return distances.quantile(0.5) * 1.482_602_218_505_602
  }
}
