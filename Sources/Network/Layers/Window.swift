/// A window that slides over an image: a kernel with its stride, padding and dilation.
package struct Window: Hashable, Sendable {
  package var kernel: Extent
  package var stride: Extent
  package var padding: Extent
  package var dilation = Extent(1)

  /// Returns how many places the window has along each side of an image of the given size:
  /// floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1.
  func output(of size: Extent) throws(ShapeError) -> Extent {
    let height = places(size.height, \.height)
    let width = places(size.width, \.width)
    guard height >= 1, width >= 1 else {
      throw ShapeError(
        "has a window of \(kernel) (padding \(padding), dilation \(dilation)) "
          + "that does not fit its input of \(size)",
        remedy: "use a smaller kernel, more padding or fewer strides before this layer")
    }
    return Extent(height, width)
  }

  private func places(_ size: Int, _ side: KeyPath<Extent, Int>) -> Int {
    let reach = dilation[keyPath: side] * (kernel[keyPath: side] - 1) + 1
    let room = size + 2 * padding[keyPath: side] - reach
    return room < 0 ? 0 : room / stride[keyPath: side] + 1
  }
}

/// Splits an image's shape into its channels and its size.
func imageSize(of shape: [Int]) throws(ShapeError) -> (channels: Int, size: Extent) {
  guard shape.count == 3 else {
    throw ShapeError(
      "needs an image [channels, height, width] but its input has the shape \(shape)",
      remedy: "put it after an image feature or another layer that keeps images")
  }
  return (shape[0], Extent(shape[1], shape[2]))
}
