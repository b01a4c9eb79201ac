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

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.alone, along: .first),
      parameters: ["scale": ChannelAxes(output: 0), "shift": ChannelAxes(output: 0)], onnx: self)
  }

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

extension Rescale: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let shape = [1] + site.inputShapes[0].indices.map { $0 == 0 ? site.inputShapes[0][0] : 1 }
    let scale = try builder.constant(
      site.node.parameter("scale"), site.tensor("scale").reshape(shape))
    let shift = try builder.constant(
      site.node.parameter("shift"), site.tensor("shift").reshape(shape))
    let scaled = builder.add("Mul", [site.inputs[0], scale], name: site.name + ".scaled")
    return builder.add("Add", [scaled, shift], name: site.name)
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Add", let (sum, shift) = index.withConstant(last),
      let product = index.maker(of: sum, is: "Mul", reading: 2),
      let (value, scale) = index.withConstant(product),
      let scales = channelValues(scale, in: index), let shifts = channelValues(shift, in: index)
    else { return nil }
    return ONNXMatch(
      Rescale(), reading: [value], ["scale": scales, "shift": shifts], operators: 2)
  }

  /// A constant `[1, C, 1, …]` as the parameter `[C]`.
  private static func channelValues(_ name: String, in index: ONNXIndex) -> ONNXParameter? {
    guard
      var parameter = index.parameter(name), parameter.values.dimensions.count > 1,
      parameter.values.dimensions[0] == 1,
      parameter.values.dimensions.dropFirst(2).allSatisfy({ $0 == 1 })
    else { return nil }
    parameter.values.dimensions = [parameter.values.dimensions[1]]
    return parameter
  }
}
