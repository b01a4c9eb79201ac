package import Options
package import Tensor

/// Lays all values of a sample in one row.
package struct Flatten: Layer {
  package static let type = "flatten"
  package static let summary = "Lays all values of a sample in one row."

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.spread, along: .first), grids: .passes, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    [saturatingProduct(inputs[0])]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs[0].flatten()
  }
}

extension Flatten: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    builder.add("Flatten", site.inputs, name: site.name, [ONNXAttribute("axis", 1)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    last.isFlatten ? ONNXMatch(Flatten(), reading: last.inputs) : nil
  }
}

extension ONNXNode {
  /// Whether the operator lays all values of a sample in one row.
  var isFlatten: Bool {
    operation == "Flatten" && inputs.count == 1 && self["axis"]?.integer ?? 1 == 1
  }
}
