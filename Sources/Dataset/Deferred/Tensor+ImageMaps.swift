internal import Diagnostics
internal import Tensor

extension Tensor {
  /// Images `[N, C, H, W]` as one map each shows them, bilinear between pixels; images whose map
  /// changes nothing keep their exact values.
  ///
  /// - Parameter fill: What stands outside the image, broadcast against it.
  func resampled(by maps: [ImageMap], outside fill: Tensor) throws(Diagnostic) -> Tensor {
    let changed = maps.indices.filter { maps[$0] != .identity }
    guard !changed.isEmpty else { return self }
    let isWhole = changed.count == maps.count
    let moved = isWhole ? self : try select(0, indices: changed)
    let rows = changed.flatMap { maps[$0].normalized(height: shape[2], width: shape[3]) }
    let places = try Tensor(rows, shape: [changed.count, 2, 3]).to(device)
      .affineGrid(size: moved.shape)
    // Outside, a sample is zero: with the fill taken away before and put back after, it is the fill.
    let sampled = try (moved - fill).gridSample(places, border: .zeros) + fill
    if isWhole { return sampled }
    var order = Array(maps.indices)
    for (place, index) in changed.enumerated() { order[index] = maps.count + place }
    return try Tensor.concatenate([self, sampled], dimension: 0).select(0, indices: order)
  }
}
