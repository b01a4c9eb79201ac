internal import Glibc
package import YAML

/// What repeated timings of one candidate say.
package struct TimingStatistics: Hashable, Sendable {
  /// Seconds, sorted.
  private let sorted: [Double]
  /// How many rows one timing covers.
  package let rows: Int

  /// - Parameter seconds: At least one timing.
  package init(seconds: [Double], rows: Int) {
    precondition(!seconds.isEmpty)
    sorted = seconds.sorted()
    self.rows = rows
  }

  package var count: Int { sorted.count }

  package var median: Double { quantile(0.5) }

  /// The quantile by linear interpolation between the nearest timings.
  package func quantile(_ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }

  /// An interval that holds the true median with about 95% probability, from order statistics: the
  /// ranks n/2 ± 0.98 sqrt(n) (Conover 1999, section 3.2), without assuming a distribution.
  package var medianInterval: ClosedRange<Double> {
    let count = Double(sorted.count)
    let reach = 0.98 * count.squareRoot()
    let low = Int((count / 2 - reach).rounded(.down))
    let high = Int((count / 2 + reach).rounded(.up))
    return sorted[max(low, 0)]...sorted[min(high, sorted.count - 1)]
  }

  /// Rows a second at the median.
  package var throughput: Double { Double(rows) / median }

  package var value: Value {
    [
      "median-ms": .double(median * 1000),
      "interval-ms": [
        .double(medianInterval.lowerBound * 1000), .double(medianInterval.upperBound * 1000),
      ],
      "p50-ms": .double(quantile(0.5) * 1000), "p99-ms": .double(quantile(0.99) * 1000),
      "rows-per-second": .double(throughput), "timings": .int(count),
    ]
  }
}
