internal import CTensor
package import Diagnostics
package import Hardware

extension Tensor {
  /// The same elements as another type; the tensor itself where it already has that type.
  package func to(_ type: ElementType) throws(Diagnostic) -> Tensor {
    if type == self.type { return self }
    return try converted(type: type.code, device: ANNEAL_KEEP)
  }

  /// The same elements on another device; the tensor itself where it is already there.
  ///
  /// From pinned memory the copy does not wait for the device.
  package func to(_ device: Device) throws(Diagnostic) -> Tensor {
    if device == self.device { return self }
    return try converted(type: ANNEAL_KEEP, device: Engine.nativeCode(of: device))
  }

  /// The same elements in row-major order without gaps.
  package func contiguous() throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.shape.pointee.contiguous(handle, Int32(ANNEAL_ROW_MAJOR.rawValue), $1)
    }
  }

  /// The same `[N, C, H, W]` elements with channels fastest in memory.
  package func channelsLast() throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.shape.pointee.contiguous(handle, Int32(ANNEAL_CHANNELS_LAST.rawValue), $1)
    }
  }

  /// A copy in storage of its own; differentiable.
  package func clone() throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.clone(handle, $1) }
  }

  /// A copy in page-locked host memory, from which copies to a GPU overlap with computing.
  package func pinned() throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.pin(handle, $1) }
  }

  /// The same elements in another shape; one size may be -1 and is inferred.
  package func reshape(_ shape: [Int]) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.reshape(handle, shape, shape.count, $1) }
  }

  /// Joins all dimensions from `first` on into one: `[N, …]` to `[N, count / N]`.
  package func flatten(from first: Int = 1) throws(Diagnostic) -> Tensor {
    let shape = self.shape
    guard first >= 0, first < shape.count else { return try reshape(shape + [1]) }
    let joined = shape[first...].reduce(1, *)
    return try reshape(Array(shape[..<first]) + [joined])
  }

  /// A view in which dimensions of size 1 repeat up to `shape`; -1 keeps a size.
  package func expand(_ shape: [Int]) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.expand(handle, shape, shape.count, $1) }
  }

  /// A view with the dimensions in another order.
  package func permute(_ order: [Int]) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.permute(handle, order, order.count, $1) }
  }

  /// A view with two dimensions exchanged.
  package func transpose(_ first: Int = -2, _ second: Int = -1) throws(Diagnostic) -> Tensor {
    var order = Array(0..<rank)
    let (a, b) = (first < 0 ? first + rank : first, second < 0 ? second + rank : second)
    guard order.indices.contains(a), order.indices.contains(b) else {
      throw Diagnostic("a tensor of shape \(shape) has no dimensions \(first) and \(second)")
    }
    order.swapAt(a, b)
    return try permute(order)
  }

  /// The elements in reverse order along each of `dimensions`.
  package func flip(_ dimensions: [Int]) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.shape.pointee.flip(handle, dimensions, dimensions.count, $1)
    }
  }

  /// A view with a dimension of size 1 inserted before `dimension`; -1 appends one.
  package func unsqueeze(_ dimension: Int) throws(Diagnostic) -> Tensor {
    var shape = self.shape
    let place = dimension < 0 ? dimension + shape.count + 1 : dimension
    guard (0...shape.count).contains(place) else {
      throw Diagnostic("a tensor of shape \(shape) has no place \(dimension) for a dimension")
    }
    shape.insert(1, at: place)
    return try reshape(shape)
  }

  /// The lower triangle of the last two dimensions, zeros elsewhere.
  package func lowerTriangle(diagonal: Int = 0) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.triangle(handle, false, diagonal, $1) }
  }

  /// The upper triangle of the last two dimensions, zeros elsewhere.
  package func upperTriangle(diagonal: Int = 0) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.triangle(handle, true, diagonal, $1) }
  }

  private func converted(type: Int32, device: Int32) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, operation: "to") {
      unsafe $0.shape.pointee.convert(handle, type, device, $1)
    }
  }
}
