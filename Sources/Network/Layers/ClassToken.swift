package import Options
package import Tensor

/// Puts a learned vector before a sequence: `[L, D]` to `[L + 1, D]` (Devlin et al. 2019).
///
/// Read back by `select` behind layers of attention, it stands for the whole sequence.
package struct ClassToken: Layer {
  package static let type = "class-token"
  package static let summary = "Puts a learned vector before a sequence."

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.alone, along: .last), parameters: ["weight": ChannelAxes(output: 0)],
      onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    let (length, width) = try sequenceSize(of: inputs[0])
    return [length + 1, width]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    [ParameterSpec("weight", [inputs[0][1]], .weight, .normal(deviation: 0.02))]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let (rows, width) = (inputs[0].shape[0], inputs[0].shape[2])
    let token = try parameters.tensor("weight").reshape([1, 1, width]).expand([rows, 1, width])
    return try Tensor.concatenate([token.to(inputs[0].type), inputs[0]], dimension: 1)
  }
}

extension ClassToken: ONNXLayer {
  /// The vector is repeated for each sample of the batch, whose size the input tells.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let name = site.name
    let width = site.inputShapes[0][1]
    let weight = try builder.constant(
      site.node.parameter("weight"), site.tensor("weight").reshape([1, 1, width]))
    let shape = builder.add("Shape", [site.inputs[0]], name: name + ".shape")
    let first = builder.constant(name + ".first", [0])
    let rows = builder.add("Gather", [shape, first], name: name + ".rows")
    let rest = builder.constant(name + ".rest", [1, Int64(width)])
    let size = builder.add(
      "Concat", [rows, rest], name: name + ".size", [ONNXAttribute("axis", 0)])
    let token = builder.add("Expand", [weight, size], name: name + ".token")
    return builder.add(
      "Concat", [token, site.inputs[0]], name: name, [ONNXAttribute("axis", 1)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Concat", last.inputs.count == 2, last["axis"]?.integer == 1,
      let token = index.maker(of: last.inputs[0], is: "Expand", reading: 2),
      var weight = index.parameter(token.inputs[0]), weight.values.dimensions.count == 3,
      weight.values.dimensions[0] == 1, weight.values.dimensions[1] == 1,
      let size = index.maker(of: token.inputs[1], is: "Concat", reading: 2),
      let rest = index.integers(size.inputs[1]), rest == [1, Int(weight.values.dimensions[2])],
      let rows = index.maker(of: size.inputs[0], is: "Gather", reading: 2),
      index.integers(rows.inputs[1]) == [0],
      let shape = index.maker(of: rows.inputs[0], is: "Shape"), shape.inputs[0] == last.inputs[1]
    else { return nil }
    weight.values.dimensions = [weight.values.dimensions[2]]
    return ONNXMatch(ClassToken(), reading: [last.inputs[1]], ["weight": weight], operators: 5)
  }
}
