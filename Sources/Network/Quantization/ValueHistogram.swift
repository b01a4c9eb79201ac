/// How often values of an activation fall into equal bins between its least and its largest value.
package struct ValueHistogram: Hashable, Sendable {
  package let low: Double
  package let high: Double
  package private(set) var counts: [Double]

  /// The same values within the bins that nearly all of them share, more finely: one such histogram
  /// or none.
  package var core: [ValueHistogram] = []

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
    let width = quantile(0.995) - lowerQuantile(0.005)
    return max(1, min(256, Int((width / scale).rounded(.up))))
  }

  /// The least value that at least a share of all values do not exceed, up to a bin's width.
  package func quantile(_ share: Double) -> Double { edges(at: share * total).upperBound }

  /// The same from below: no more than a share of all values are less.
  package func lowerQuantile(_ share: Double) -> Double { edges(at: share * total).lowerBound }

  /// The ends of the bin in which the value lies that so many values do not exceed.
  fileprivate func edges(at wanted: Double) -> ClosedRange<Double> {
    if let core = core.first {
      let below = counts[..<bin(core.low)].reduce(0, +)
      if wanted > below, wanted <= below + core.total { return core.edges(at: wanted - below) }
    }
    var sum = 0.0
    for (bin, count) in counts.enumerated() {
      sum += count
      if sum >= wanted { return low + Double(bin) * binWidth...low + Double(bin + 1) * binWidth }
    }
    return high...high
  }
}

extension ValueHistogram {
  /// The bins that nearly all values share, where these are few: a few values far away have left no more
  /// to the others. Nil where they are many.
  var crowded: ClosedRange<Double>? {
    guard high > low, total > 0 else { return nil }
    let (first, last) = (place(of: Self.rim * total), place(of: (1 - Self.rim) * total))
    guard last - first < counts.count / Self.few else { return nil }
    return low + Double(first) * binWidth...low + Double(last + 1) * binWidth
  }

  /// The share of values on either side that may lie outside of what is crowded.
  private static var rim: Double { 0.005 }
  /// Fewer than one in so many bins are few.
  private static var few: Int { 16 }

  /// The bin of the value that so many values do not exceed.
  private func place(of wanted: Double) -> Int {
    var sum = 0.0
    return counts.firstIndex { count in
      sum += count
      return sum >= wanted
    } ?? counts.count - 1
  }

  /// The bin that begins at a value.
  fileprivate func bin(_ edge: Double) -> Int {
    max(0, min(counts.count, Int(((edge - low) / binWidth).rounded())))
  }
}
