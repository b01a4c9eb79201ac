internal import CTensor
package import Diagnostics

extension Tensor {
  /// A view of `length` indices from `first` along `dimension`.
  package func narrow(
    _ dimension: Int, from first: Int, length: Int
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.shape.pointee.narrow(handle, dimension, first, length, $1)
    }
  }

  /// A view of one index of `dimension`, which goes.
  package func select(_ dimension: Int, _ index: Int) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.select(handle, dimension, index, $1) }
  }

  /// Copies of the slices of `dimension` at `indices` (int64 or int32, `[K]`).
  package func select(_ dimension: Int, indices: Tensor) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, indices) {
      unsafe $0.shape.pointee.index_select(handle, dimension, indices.handle, $1)
    }
  }

  /// Copies of the slices of `dimension` at `indices`.
  package func select(_ dimension: Int, indices: [Int]) throws(Diagnostic) -> Tensor {
    try select(dimension, indices: Tensor(indices).to(device))
  }

  /// For each element of `indices` (int64, same rank) the element at that index of `dimension`.
  package func gather(_ dimension: Int, indices: Tensor) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, indices) {
      unsafe $0.shape.pointee.gather(handle, dimension, indices.handle, $1)
    }
  }

  /// A copy to which the slices of `source` are added at `indices` of `dimension`.
  package func addingSlices(
    _ source: Tensor, at indices: Tensor, dimension: Int
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, indices, source) {
      unsafe $0.shape.pointee.index_add(handle, dimension, indices.handle, source.handle, $1)
    }
  }

  /// `[K, rank]` places of the elements that are not zero, row-major.
  package func nonZeroPlaces() throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.shape.pointee.nonzero(handle, $1) }
  }

  /// int64 codes `[…]` to int64 `[…, classes]` with a single 1 each.
  package func oneHot(classes: Int) throws(Diagnostic) -> Tensor {
    let codes = try to(.int64)
    return try .made(keeping: codes) {
      unsafe $0.shape.pointee.one_hot(codes.handle, classes, $1)
    }
  }

  /// A view of windows of `size` elements every `step` along `dimension`, as a new last dimension.
  package func windows(
    _ dimension: Int, size: Int, step: Int
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.shape.pointee.unfold(handle, dimension, size, step, $1)
    }
  }

  /// Joins tensors along an existing dimension.
  package static func concatenate(
    _ tensors: [Tensor], dimension: Int = 0
  ) throws(Diagnostic) -> Tensor {
    try made(keeping: tensors) {
      unsafe $0.shape.pointee.concatenate(handles(of: tensors), tensors.count, dimension, $1)
    }
  }

  /// Joins tensors of one shape along a new dimension.
  package static func stack(
    _ tensors: [Tensor], dimension: Int = 0
  ) throws(Diagnostic) -> Tensor {
    try made(keeping: tensors) {
      unsafe $0.shape.pointee.stack(handles(of: tensors), tensors.count, dimension, $1)
    }
  }
}
