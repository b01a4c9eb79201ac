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
  ///
  /// Rows are added as sequences of one. OpenVINO 2026.4 makes one kernel of products of rows and what lies
  /// between them, and reads past its memory where that is two sums that one of the products goes around.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    guard site.inputShapes[0].count == 1 else { return sum(of: site.inputs, site.name, &builder) }
    let axis = builder.constant(site.name + ".axis", [1])
    let sequences = site.inputs.map { input in
      builder.add("Unsqueeze", [input, axis], name: site.name + ".sequence")
    }
    let sum = sum(of: sequences, site.name + ".sum", &builder)
    return builder.add("Squeeze", [sum, axis], name: site.name)
  }

  private func sum(of inputs: [String], _ name: String, _ builder: inout ONNXBuilder) -> String {
    inputs.dropFirst().reduce(inputs[0]) { sum, input in
      builder.add("Add", [sum, input], name: name)
    }
  }

  /// Sums whose left operand is itself a sum that nothing else reads are one layer.
  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    if last.operation == "Add" {
      guard let inputs = terms(of: last, in: index) else { return nil }
      return ONNXMatch(Add(), reading: inputs, operators: inputs.count - 1)
    }
    guard last.operation == "Squeeze", last.inputs.count == 2,
      index.integers(last.inputs[1]) == [1],
      let sum = index.maker(of: last.inputs[0], is: "Add", reading: 2),
      let sequences = terms(of: sum, in: index)
    else { return nil }
    let rows = sequences.compactMap { sequence -> String? in
      guard let row = index.maker(of: sequence, is: "Unsqueeze", reading: 2),
        index.integers(row.inputs[1]) == [1]
      else { return nil }
      return row.inputs[0]
    }
    guard rows.count == sequences.count else { return nil }
    return ONNXMatch(Add(), reading: rows, operators: 2 * rows.count)
  }

  /// What an operator is the sum of, from the left; nil where a constant is among it.
  private static func terms(of last: ONNXNode, in index: ONNXIndex) -> [String]? {
    var terms: [String] = []
    var sum = last
    while sum.inputs.count == 2, terms.count < arity.upperBound - 1 {
      terms.insert(sum.inputs[1], at: 0)
      guard index.isReadOnce(sum.inputs[0]),
        let inner = index.maker(of: sum.inputs[0], is: "Add"),
        inner.inputs.allSatisfy({ index.parameter($0) == nil })
      else { break }
      sum = inner
    }
    terms.insert(sum.inputs[0], at: 0)
    return terms.count >= 2 && terms.allSatisfy { index.parameter($0) == nil } ? terms : nil
  }
}
