package import Options
package import Tensor

/// The sum of inputs that have one shape.
package struct Add: Layer {
  package static let type = "add"
  package static let summary = "Adds inputs of one shape."
  package static let arity = 2...64

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.alone, along: .any), grids: .reads, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    for shape in inputs.dropFirst() where shape != inputs[0] {
      throw ShapeError(
        "adds the shapes \(inputs[0]) and \(shape)",
        remedy: "bring both to one shape, for images with a 1x1 convolution")
    }
    return inputs[0]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try inputs.dropFirst().reduce(inputs[0]) { sum, input in try sum + input }
  }
}

extension Add: ONNXLayer {
  /// A chain of sums from the left, as the forward pass adds.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    site.inputs.dropFirst().reduce(site.inputs[0]) { sum, input in
      builder.add("Add", [sum, input], name: site.name)
    }
  }

  /// Sums whose left operand is itself a sum that nothing else reads are one layer.
  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard last.operation == "Add" else { return nil }
    var inputs: [String] = []
    var sum = last
    while sum.inputs.count == 2, inputs.count < arity.upperBound - 1 {
      inputs.insert(sum.inputs[1], at: 0)
      guard index.isReadOnce(sum.inputs[0]),
        let inner = index.maker(of: sum.inputs[0], is: "Add"),
        inner.inputs.allSatisfy({ index.parameter($0) == nil })
      else { break }
      sum = inner
    }
    inputs.insert(sum.inputs[0], at: 0)
    guard inputs.count >= 2, inputs.allSatisfy({ index.parameter($0) == nil }) else { return nil }
    return ONNXMatch(Add(), reading: inputs, operators: inputs.count - 1)
  }
}
