import Diagnostics
import Tensor

/// A constant of an ONNX graph as a layer's parameter: its values, real or as integers with scales.
package struct ONNXParameter {
  package var values: ONNXTensor
  package var scale: ONNXTensor?
  package var zeroPoint: ONNXTensor?
  /// The dimension with a scale for each index; nil where there is one scale.
  package var axis: Int?
  /// Whether the parameter is the matrix with its dimensions swapped.
  package var isTransposed = false

  package init(
    values: ONNXTensor, scale: ONNXTensor? = nil, zeroPoint: ONNXTensor? = nil, axis: Int? = nil
  ) {
    self.values = values
    self.scale = scale
    self.zeroPoint = zeroPoint
    self.axis = axis
  }

  /// The parameter as a node stores it; nil where it is real.
  func stored() throws -> Stored? {
    guard let scale = try scale?.tensor().to(.float32) else { return nil }
    let integers = try tensor()
    let axis = axis.map { isTransposed ? 1 - $0 : $0 }
    guard scale.count == axis.map({ integers.shape[$0] }) ?? 1 else {
      throw Diagnostic(
        "the ONNX constant '\(values.name)' has \(scale.count) scales, which do not fit its shape "
          + "\(integers.shape)")
    }
    let zeroPoint = try zeroPoint?.tensor().reshape([scale.count])
    return Stored(
      grid: WeightQuantization(bits: 8, axis: axis, isSymmetric: zeroPoint == nil),
      integers: integers, scale: try scale.reshape([scale.count]), zeroPoint: zeroPoint)
  }

  /// Integers with what makes them real, as the tensors of a node.
  struct Stored {
    var grid: WeightQuantization
    var integers: Tensor
    var scale: Tensor
    var zeroPoint: Tensor?
  }

  /// The parameter as real numbers.
  func real() throws -> Tensor {
    guard let stored = try stored() else { return try tensor() }
    return try stored.grid.dequantized(
      stored.integers, scale: stored.scale, zeroPoint: stored.zeroPoint)
  }

  /// Whether the values are integers in steps of the given scales, as a node's bias can be.
  func isStored(inStepsOf expected: Tensor?) throws -> Bool {
    guard
      values.type == .int32, zeroPoint == nil, let expected, let scale = try scale?.tensor(),
      scale.count == expected.count
    else { return false }
    let ratio = try scale.reshape(expected.shape).to(.float64) / expected.to(.float64)
    return try (ratio - 1).abs().max().item() <= 1e-6
  }

  private func tensor() throws -> Tensor {
    let tensor = try values.tensor()
    guard isTransposed else { return tensor }
    return try tensor.transpose(0, 1).contiguous()
  }
}

extension ONNXTensor {
  /// The constant as a tensor.
  func tensor() throws(Diagnostic) -> Tensor {
    try Tensor(bytes: bytes, shape: dimensions.map { Int($0) }, type: type)
  }
}
