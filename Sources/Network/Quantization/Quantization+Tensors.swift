package import Tensor

extension WeightQuantization {
  /// The real weight that stored integers stand for: scale · (q - zero point).
  ///
  /// - Parameters:
  ///   - integers: The stored weight `[O, I…]`.
  ///   - scale: One value, one for each index of `axis`, or `[O, ceil(I / group)]`.
  ///   - zeroPoint: Shaped like `scale`; absent for a symmetric grid.
  package func dequantized(
    _ integers: Tensor, scale: Tensor, zeroPoint: Tensor?
  ) throws -> Tensor {
    let shape = integers.shape
    let real = try integers.to(.float32)
    let centred = try zeroPoint.map { try real - spread($0, over: shape) } ?? real
    return try centred * spread(scale, over: shape)
  }

  /// Gives a tensor of scales the shape in which it multiplies the weight.
  private func spread(_ values: Tensor, over shape: [Int]) throws -> Tensor {
    let values = try values.to(.float32)
    if let group {
      let width = shape.dropFirst().reduce(1, *)
      let repeated = try values.unsqueeze(-1).expand(values.shape + [group]).flatten()
      return try repeated.narrow(1, from: 0, length: width).reshape(shape)
    }
    guard let axis else { return try values.reshape(shape.map { _ in 1 }) }
    return try values.reshape(shape.indices.map { $0 == axis ? shape[axis] : 1 })
  }
}

extension ActivationQuantization {
  /// Rounds to the grid, half to even, and back; gradients pass where the value is within range.
  package func rounding(_ input: Tensor) throws -> Tensor {
    try input.fakeQuantized(scale: scale, zeroPoint: zeroPoint, in: range)
  }
}

extension NetworkNode {
  /// What one step of a bias stored as `int32` stands for: input scale times weight scale.
  ///
  /// A single value, or one for each output channel; nil where the layer's input or weight is real.
  package func biasScale(_ parameters: Parameters) throws -> Tensor? {
    guard
      let input = inputQuantization.first ?? nil, let storage = weightQuantization,
      storage.group == nil
    else { return nil }
    let scale = try parameters.tensor(parameter("weight_scale")).to(.float32)
    return try scale.reshape(storage.axis == nil ? [] : [scale.count]) * input.scale
  }
}
