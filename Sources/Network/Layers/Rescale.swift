package import Options
package import Tensor

/// An affine map with fixed values for each channel: y = x · scale + shift.
///
/// Holds a normalisation inside a network, so that a deployed model reads raw values.
package struct Rescale: Layer {
  package static let type = "rescale"
  package static let summary = "Multiplies and shifts each channel by fixed values."

  package init() {}

  package static var fields: [Field<Self>] {}

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    [
      ParameterSpec("scale", [inputs[0][0]], .buffer, .constant(1)),
      ParameterSpec("shift", [inputs[0][0]], .buffer, .constant(0)),
    ]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let input = try inputs[0].to(.float32)
    let shape = [1, input.shape[1]] + input.shape.dropFirst(2).map { _ in 1 }
    return try input * parameters.tensor("scale").reshape(shape)
      + parameters.tensor("shift").reshape(shape)
  }
}
