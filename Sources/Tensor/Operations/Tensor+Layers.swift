internal import CTensor
package import Diagnostics

/// Layers with weights.
extension Tensor {
  /// x Wᵀ + b: `[…, in]`, weight `[out, in]`, bias `[out]` to `[…, out]`.
  package func linear(weight: Tensor, bias: Tensor? = nil) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, weight, bias) {
      unsafe $0.layer.pointee.linear(handle, weight.handle, bias?.handle, $1)
    }
  }

  /// Cross-correlation of `[N, C, …]` with weight `[out, C / groups, …]`, bias `[out]`.
  ///
  /// `stride`, `padding` and `dilation` have one number for each spatial dimension (one for a
  /// series, two for an image, height first).
  package func convolution(
    weight: Tensor, bias: Tensor? = nil, stride: [Int] = [1, 1], padding: [Int] = [0, 0],
    dilation: [Int] = [1, 1], groups: Int = 1
  ) throws(Diagnostic) -> Tensor {
    let count = stride.count
    guard count > 0, padding.count == count, dilation.count == count, rank == count + 2 else {
      throw Diagnostic(
        "stride \(stride), padding \(padding) and dilation \(dilation) do not suit a tensor of "
          + "shape \(shape)")
    }
    return try .made(keeping: self, weight, bias) {
      unsafe $0.layer.pointee.convolution(
        handle, weight.handle, bias?.handle, stride, padding, dilation, count, groups, $1)
    }
  }

  /// Rows of this `[V, D]` table at int64 or int32 `indices` `[…]`: `[…, D]`.
  package func embedding(_ indices: Tensor) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, indices) {
      unsafe $0.layer.pointee.embedding(handle, indices.handle, $1)
    }
  }

  /// softmax(Q Kᵀ scale + mask) V for `[…, L, D]` queries, keys and values.
  ///
  /// A `bool` mask is true where attention is allowed. The scale defaults to 1 / √D. (Vaswani et
  /// al. 2017, equation 1.)
  package static func attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor? = nil, isCausal: Bool = false,
    scale: Double? = nil
  ) throws(Diagnostic) -> Tensor {
    try made(keeping: query, key, value, mask) {
      unsafe $0.layer.pointee.attention(
        query.handle, key.handle, value.handle, mask?.handle, isCausal, scale ?? .nan, $1)
    }
  }
}
