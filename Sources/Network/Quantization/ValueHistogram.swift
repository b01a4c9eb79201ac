/// How often values of an activation fall into equal bins between its least and its largest value.
package struct ValueHistogram: Hashable, Sendable {
  package let low: Double
  package let high: Double
  package private(set) var counts: [Double]

  package static let binCount = 2048

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
    counts = Array(repeating: 0, count: Self.binCount)
  }

  package mutating func add(_ counts: [Double]) {
    precondition(counts.count == self.counts.count)
    for index in counts.indices { self.counts[index] += counts[index] }
  }

  package var total: Double { counts.reduce(0, +) }

  package var binWidth: Double { (high - low) / Double(counts.count) }

  /// The value in the middle of a bin.
  package func center(_ bin: Int) -> Double { low + (Double(bin) + 0.5) * binWidth }

  /// How many steps of a grid the middle 99% of all values reach over, at least 1.
  package func levels(of scale: Double) -> Int {
    guard high > low, total > 0, scale > 0 else { return 1 }
    let width = quantile(0.995) - max(quantile(0.005) - binWidth, low)
    return max(1, min(256, Int((width / scale).rounded(.up))))
  }

  /// The least value that at least a share of all values do not exceed, up to a bin's width.
  package func quantile(_ share: Double) -> Double {
    let wanted = share * total
    var sum = 0.0
    for (bin, count) in counts.enumerated() {
      sum += count
      if sum >= wanted { return low + Double(bin + 1) * binWidth }
    }
    return high
  }
}
