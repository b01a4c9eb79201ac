package import Options
package import Tensor

/// Adds a learned vector to each place of a sequence `[L, D]` (Devlin et al. 2019; Dosovitskiy et al. 2021).
package struct PositionEmbedding: Layer {
  package static let type = "position-embedding"
  package static let summary = "Adds a learned vector for each place of a sequence."

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.alone, along: .last), parameters: ["weight": ChannelAxes(output: 1)],
      onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    _ = try sequenceSize(of: inputs[0])
    return inputs[0]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    [ParameterSpec("weight", inputs[0], .weight, .normal(deviation: 0.02))]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0] + parameters.tensor("weight")
  }
}

extension PositionEmbedding: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    builder.add(
      "Add", [site.inputs[0], try builder.parameter("weight", of: site)], name: site.name)
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard last.operation == "Add", let (value, constant) = index.withConstant(last),
      let places = index.parameter(constant), places.values.dimensions.count == 2
    else { return nil }
    return ONNXMatch(PositionEmbedding(), reading: [value], ["weight": places])
  }
}
