internal import CTensor
package import Diagnostics

/// Orders, ranks and counts.
extension Tensor {
  /// The `k` largest (or smallest) elements along `dimension` in order, and their indices (int64).
  package func top(
    _ k: Int, dimension: Int = -1, largest: Bool = true
  ) throws(Diagnostic) -> (values: Tensor, indices: Tensor) {
    try Self.madePair(keeping: self) {
      unsafe $0.reduction.pointee.top(handle, k, dimension, largest, $1, $2)
    }
  }

  /// The elements along `dimension` in order, stably, and where they were (int64).
  package func sorted(
    _ dimension: Int = -1, descending: Bool = false
  ) throws(Diagnostic) -> (values: Tensor, indices: Tensor) {
    try Self.madePair(keeping: self) {
      unsafe $0.reduction.pointee.sort(handle, dimension, descending, $1, $2)
    }
  }

  /// The `k`-th smallest element along `dimension`, counted from 1, and its index.
  package func kthSmallest(
    _ k: Int, dimension: Int = -1, kept: Bool = false
  ) throws(Diagnostic) -> (values: Tensor, indices: Tensor) {
    try Self.madePair(keeping: self) {
      unsafe $0.reduction.pointee.kth(handle, k, dimension, kept, $1, $2)
    }
  }

  /// The value below which a fraction of the elements lies, linear between ranks.
  package func quantile(_ fraction: Double, dimension: Int = -1) throws(Diagnostic) -> Tensor {
    try quantiles([fraction], dimension: dimension).select(0, 0)
  }

  /// `[fractions.count, …]` quantiles, linear between ranks, of a tensor of any length.
  package func quantiles(
    _ fractions: [Double], dimension: Int = -1
  ) throws(Diagnostic) -> Tensor {
    guard fractions.allSatisfy((0.0...1.0).contains) else {
      throw Diagnostic("quantiles are fractions in 0...1, not \(fractions)")
    }
    // Sorted here, because the native quantile refuses more than 16 million elements.
    let shape = self.shape
    let place = dimension < 0 ? dimension + shape.count : dimension
    guard shape.indices.contains(place), shape[place] > 0 else {
      throw Diagnostic("a tensor of shape \(shape) has no quantiles along \(dimension)")
    }
    let sorted = try sorted(place).values
    var results: [Tensor] = []
    for fraction in fractions {
      let rank = fraction * Double(shape[place] - 1)
      let below = try sorted.select(place, Int(rank))
      let above = try sorted.select(place, Swift.min(Int(rank) + 1, shape[place] - 1))
      results.append(try below + (above - below) * (rank - rank.rounded(.down)))
    }
    return try .stack(results)
  }

  /// `[bins]` counts in equal bins over `range`; elements outside are not counted.
  package func histogram(
    bins: Int, in range: ClosedRange<Double>
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.reduction.pointee.histogram(
        handle, bins, range.lowerBound, range.upperBound, $1)
    }
  }

  /// How often each integer 0, 1, … occurs: int64 `[max(minimum, largest + 1)]`.
  package func counts(minimum: Int = 0) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.reduction.pointee.count(handle, nil, minimum, $1) }
  }

  /// The sum of `weights` over the places of each integer 0, 1, …
  package func counts(weights: Tensor, minimum: Int = 0) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, weights) {
      unsafe $0.reduction.pointee.count(handle, weights.handle, minimum, $1)
    }
  }

  /// The distinct elements in order, and how often each occurs (int64).
  package func uniqueCounts() throws(Diagnostic) -> (values: Tensor, counts: Tensor) {
    try Self.madePair(keeping: self) { unsafe $0.reduction.pointee.unique(handle, $1, $2) }
  }

  /// Where each of `values` would stand in this sorted tensor; after its equals where `after`.
  package func insertionPlaces(
    of values: Tensor, after: Bool = false
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, values) {
      unsafe $0.reduction.pointee.search(handle, values.handle, after, $1)
    }
  }

  /// int64 `[classes, classes]` counts of (actual, predicted) pairs of codes.
  package static func confusion(
    actual: Tensor, predicted: Tensor, classes: Int
  ) throws(Diagnostic) -> Tensor {
    let pairs = try actual.to(.int64) * Double(classes) + predicted.to(.int64)
    return try pairs.flatten(from: 0).counts(minimum: classes * classes)
      .reshape([classes, classes])
  }
}
