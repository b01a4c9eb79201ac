package import Options
package import Tensor

/// Normalises the last dimension of each sample (Ba et al. 2016), then scales and shifts it.
package struct LayerNorm: Layer {
  package static let type = "layer-norm"
  package static let summary = "Normalises the last dimension of each sample."

  package var epsilon = 1e-5

  package init() {}

  package static var fields: [Field<Self>] {
    option("epsilon", \.epsilon, in: 1e-12...1, "Added to the variance before its root is taken.")
  }

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.together, along: .last),
      parameters: ["weight": ChannelAxes(output: 0), "bias": ChannelAxes(output: 0)],
      onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let shape = Array(inputs[0].suffix(1))
    return [
      ParameterSpec("weight", shape, .weight, .constant(1)),
      ParameterSpec("bias", shape, .bias, .constant(0)),
    ]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let weight = try parameters.tensor("weight")
    return try inputs[0].layerNorm(
      weight.shape, weight: weight, bias: parameters.tensor("bias"), epsilon: epsilon)
  }
}

extension LayerNorm: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let parameters = try ["weight", "bias"].map { try builder.parameter($0, of: site) }
    return builder.add(
      "LayerNormalization", [site.inputs[0]] + parameters, name: site.name,
      [ONNXAttribute("axis", -1), ONNXAttribute("epsilon", epsilon)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "LayerNormalization", last.inputs.count == 3,
      last["axis"]?.integer ?? -1 == -1, let weight = index.parameter(last.inputs[1]),
      let bias = index.parameter(last.inputs[2])
    else { return nil }
    var layer = LayerNorm()
    if let epsilon = last["epsilon"]?.float { layer.epsilon = epsilon }
    return ONNXMatch(layer, reading: [last.inputs[0]], ["weight": weight, "bias": bias])
  }
}
