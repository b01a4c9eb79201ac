package import Options
package import Tensor

/// Inputs side by side along their first dimension: channels of images, values of rows.
package struct Concatenate: Layer {
  package static let type = "concatenate"
  package static let summary = "Puts inputs side by side along their first dimension."
  package static let arity = 1...1024

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.joined, along: .first), grids: .reads, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    for shape in inputs.dropFirst() where shape.dropFirst() != inputs[0].dropFirst() {
      throw ShapeError(
        "joins the shapes \(inputs[0]) and \(shape)",
        remedy: "all dimensions but the first must agree")
    }
    return [saturatingSum(inputs.map { $0[0] })] + inputs[0].dropFirst()
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try Tensor.concatenate(inputs, dimension: 1)
  }
}

extension Concatenate: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    builder.add("Concat", site.inputs, name: site.name, [ONNXAttribute("axis", 1)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    last.operation == "Concat" && last["axis"]?.integer == 1
      ? ONNXMatch(Concatenate(), reading: last.inputs) : nil
  }
}
