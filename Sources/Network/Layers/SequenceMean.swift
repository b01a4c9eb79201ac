package import Options
package import Tensor

/// The mean of the vectors of a sequence: `[L, D]` to `[D]`.
///
/// A second input `[L]`, such as the tokens of a text, says which places count: those above 0. Where none
/// counts the mean is zero.
package struct SequenceMean: Layer {
  package static let type = "sequence-mean"
  package static let summary = "Takes the mean of the vectors of a sequence."
  package static let arity = 1...2

  package init() {}

  package static var fields: [Field<Self>] {}

  package var traits: LayerTraits {
    LayerTraits(ChannelFlow(.alone, along: .last, inputs: 1), onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    let (length, width) = try sequenceSize(of: inputs[0])
    try checkMask(inputs, length: length)
    return [width]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    guard inputs.count > 1 else { return try inputs[0].mean(1) }
    let counted = try (inputs[1] > 0).to(inputs[0].type)
    return try (inputs[0] * counted.unsqueeze(2)).sum(1)
      / counted.sum(1, kept: true).clamp(1)
  }
}

extension SequenceMean: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let (name, value) = (site.name, site.inputs[0])
    guard site.inputs.count > 1 else {
      return builder.add(
        "ReduceMean", [value], name: name,
        [ONNXAttribute("axes", [1]), ONNXAttribute("keepdims", 0)])
    }
    let isToken = builder.isToken(site.inputs[1], name: name)
    let counted = builder.cast(isToken, to: .float32, name: name + ".counted")
    return builder.mean(of: value, counting: counted, name: name)
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    if last.operation == "ReduceMean" {
      guard last["axes"]?.integers == [1], last["keepdims"]?.integer == 0,
        let value = last.inputs.first
      else { return nil }
      return ONNXMatch(SequenceMean(), reading: [value])
    }
    guard let (value, counted) = index.countedMean(last),
      let cast = index.maker(of: counted, is: "Cast"),
      let tokens = index.tokens(cast.inputs[0])
    else { return nil }
    return ONNXMatch(SequenceMean(), reading: [value, tokens], operators: 8)
  }
}
