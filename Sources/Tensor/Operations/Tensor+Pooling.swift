internal import CTensor
package import Diagnostics

/// Pooling of `[N, C, H, W]`; every pair is height, width.
extension Tensor {
  package func maxPool(
    window: [Int], stride: [Int]? = nil, padding: [Int] = [0, 0], roundsUp: Bool = false
  ) throws(Diagnostic) -> Tensor {
    let stride = stride ?? window
    try Self.requirePairs(window, stride, padding)
    return try .made(keeping: self) {
      unsafe $0.layer.pointee.max_pool(handle, window, stride, padding, roundsUp, $1)
    }
  }

  /// Means of windows; padding counts as zeros where `countsPadding`.
  package func averagePool(
    window: [Int], stride: [Int]? = nil, padding: [Int] = [0, 0], roundsUp: Bool = false,
    countsPadding: Bool = true
  ) throws(Diagnostic) -> Tensor {
    let stride = stride ?? window
    try Self.requirePairs(window, stride, padding)
    return try .made(keeping: self) {
      unsafe $0.layer.pointee.average_pool(
        handle, window, stride, padding, roundsUp, countsPadding, $1)
    }
  }

  /// Means over a grid of `size` cells, whatever the image's size.
  package func adaptiveAveragePool(_ size: [Int] = [1, 1]) throws(Diagnostic) -> Tensor {
    try Self.requirePairs(size)
    return try .made(keeping: self) {
      unsafe $0.layer.pointee.adaptive_average_pool(handle, size, $1)
    }
  }

  static func requirePairs(_ values: [Int]...) throws(Diagnostic) {
    for value in values where value.count != 2 {
      throw Diagnostic("an image has a height and a width, not \(value.count) sizes")
    }
  }
}
