package import Options
package import Tensor

/// y = x / (1 + |x|) for each value.
package struct Softsign: Layer {
  package static let type = "softsign"
  package static let summary = "Divides each value by one more than its magnitude."

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.alone, along: .any), grids: .reads, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0] / (inputs[0].abs() + 1)
  }
}

extension Softsign: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    builder.add("Softsign", site.inputs, name: site.name)
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    last.operation == "Softsign" ? ONNXMatch(Softsign(), reading: last.inputs) : nil
  }
}
