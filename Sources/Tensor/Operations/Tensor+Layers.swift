internal import CTensor
package import Diagnostics
internal import Hardware

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
  ///
  /// The processor's fused kernel gives the same bits each time. Those of accelerators add gradients up in
  /// no fixed order, so that there single products are taken.
  package static func attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor? = nil, isCausal: Bool = false,
    scale: Double? = nil
  ) throws(Diagnostic) -> Tensor {
    if query.device != .cpu, !isCausal {
      return try composedAttention(query, key, value, mask, scale: scale)
    }
    return try made(keeping: query, key, value, mask) {
      unsafe $0.layer.pointee.attention(
        query.handle, key.handle, value.handle, mask?.handle, isCausal, scale ?? .nan, $1)
    }
  }

  private static func composedAttention(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, _ mask: Tensor?, scale: Double?
  ) throws(Diagnostic) -> Tensor {
    let scale = scale ?? 1 / Double(query.shape[query.rank - 1]).squareRoot()
    var scores = try (query * scale).matmul(key.transpose())
    if let mask {
      scores =
        try mask.type == .bool
        ? scores.filled(where: mask.not(), with: -.infinity) : scores + mask
    }
    return try scores.softmax().matmul(value)
  }
}
