import Diagnostics
package import Tensor

/// The values that parts of a network take on a calibration sample.
package struct ActivationStatistics {
  /// How often values occur, by the name of the feature or layer that gives them.
  package let histograms: [String: ValueHistogram]

  /// Runs the sample twice, for the ranges and for the distributions within them, and again for those
  /// that few values far away have pressed together.
  ///
  /// - Parameters:
  ///   - values: The features and layers to watch.
  ///   - batches: The network's inputs, batch by batch.
  package init(
    of values: Set<String>, in network: WeightedNetwork, batches: [[String: Tensor]]
  ) throws {
    var ranges: [String: ClosedRange<Double>] = [:]
    try Self.forEachValue(values, network, batches) { name, tensor in
      let low = try tensor.min().item()
      let high = try tensor.max().item()
      guard low.isFinite, high.isFinite else {
        throw Diagnostic(
          "'\(name)' has values that are not finite on the calibration sample",
          remedy: "clean the data of missing and infinite values, or train the model anew")
      }
      let known = ranges[name] ?? low...high
      ranges[name] = min(known.lowerBound, low)...max(known.upperBound, high)
    }
    var levels: [[String: ValueHistogram]] = []
    while !ranges.isEmpty, levels.count < Self.mostLevels {
      let histograms = try Self.histograms(within: ranges, network, batches)
      levels.append(histograms)
      ranges = histograms.compactMapValues(\.crowded)
    }
    histograms = levels.dropLast().reversed().reduce(levels.last ?? [:]) { finer, coarser in
      coarser.merging(finer) { coarse, fine in
        var nested = coarse
        nested.core = [fine]
        return nested
      }
    }
  }

  /// How often distributions are looked at more finely: each time at least sixteenfold.
  private static let mostLevels = 6

  private static func histograms(
    within ranges: [String: ClosedRange<Double>], _ network: WeightedNetwork,
    _ batches: [[String: Tensor]]
  ) throws -> [String: ValueHistogram] {
    var histograms = ranges.mapValues {
      ValueHistogram(low: $0.lowerBound, high: $0.upperBound)
    }
    try forEachValue(Set(ranges.keys), network, batches) { name, tensor in
      guard let range = ranges[name], range.lowerBound < range.upperBound else { return }
      let counts = try tensor.flatten(from: 0).histogram(bins: ValueHistogram.binCount, in: range)
      try histograms[name]?.add(counts.array(Double.self))
    }
    return histograms
  }

  private static func forEachValue(
    _ names: Set<String>, _ network: WeightedNetwork, _ batches: [[String: Tensor]],
    _ body: @escaping (String, Tensor) throws -> Void
  ) throws {
    for batch in batches {
      for (name, tensor) in batch.sorted(by: { $0.key < $1.key }) where names.contains(name) {
        try body(name, tensor.to(.float32))
      }
      _ = try network.forward(batch) { name, tensor in
        if names.contains(name) { try body(name, tensor.to(.float32)) }
      }
    }
  }
}
