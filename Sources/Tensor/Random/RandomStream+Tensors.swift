package import Diagnostics
package import Hardware

/// Tensors of random numbers, one 32-bit word of the stream for each element, in row-major order.
/// They are drawn on the CPU and are the same for every device and thread count.
extension RandomStream {
  /// float32 numbers, uniform in low..<high.
  package mutating func uniform(
    _ shape: [Int], low: Double = 0, high: Double = 1, on device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    try tensor(shape, device) { word in
      Float(low + (high - low) * (Double(word >> 8) * 0x1p-24))
    }
  }

  /// float32 numbers, normal, at most 6.4 deviations from the mean.
  package mutating func normal(
    _ shape: [Int], mean: Double = 0, deviation: Double = 1, on device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    try tensor(shape, device) { word in
      Float(mean + deviation * NormalQuantile.value(at: (Double(word) + 0.5) * 0x1p-32))
    }
  }

  /// `bool` elements that are true with `probability`, to within 2⁻³².
  package mutating func bernoulli(
    _ shape: [Int], _ probability: Double, on device: Device = .cpu
  ) throws(Diagnostic) -> Tensor {
    let threshold = UInt64((Swift.min(Swift.max(probability, 0), 1) * 0x1p32).rounded())
    return try tensor(shape, device) { word in UInt64(word) < threshold }
  }

  private mutating func tensor<Scalar: TensorScalar>(
    _ shape: [Int], _ device: Device, _ element: (UInt32) -> Scalar
  ) throws(Diagnostic) -> Tensor {
    guard let count = Tensor.elementCount(of: shape) else {
      throw Diagnostic("\(shape) is no shape of a tensor")
    }
    alignToBlock()
    let first = position >> 2
    var values: [Scalar] = []
    values.reserveCapacity(count)
    for start in stride(from: 0, to: count, by: 4) {
      let words = block(first &+ UInt64(start >> 2))
      for lane in 0..<Swift.min(4, count - start) { values.append(element(words[lane])) }
    }
    skip(blocks: UInt64((count + 3) / 4))
    return try Tensor(values, shape: shape).to(device)
  }
}

extension Tensor {
  /// Zeroes elements with `probability` and scales the others by 1 / (1 - probability)
  /// (Srivastava et al. 2014).
  package func dropout(
    _ probability: Double, from stream: inout RandomStream
  ) throws(Diagnostic) -> Tensor {
    guard (0..<1).contains(probability) else {
      throw Diagnostic("a dropout probability of \(probability) is not in 0..<1")
    }
    if probability == 0 { return self }
    let kept = try stream.bernoulli(shape, 1 - probability, on: device)
    return try self * (kept.to(type) * (1 / (1 - probability)))
  }
}
