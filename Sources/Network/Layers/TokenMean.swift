package import Options
package import Tensor

/// The tokens `[L]` of a text as the mean of a learned vector for each: `[width]`.
///
/// The id 0 is padding, and counts as no token; so does an id beyond the vocabulary. A text without any
/// token gives zeros.
package struct TokenMean: Layer {
  package static let type = "token-mean"
  package static let summary = "Takes the mean of a learned vector for each token of a text."

  package var vocabulary = 1
  package var width = 32

  package init() {}

  package init(vocabulary: Int, width: Int) {
    self.vocabulary = vocabulary
    self.width = width
  }

  package static var fields: [Field<Self>] {
    option(
      "vocabulary", \.vocabulary, in: 1...LayerLimits.width, required: true,
      "How many ids tokens have, that of the padding among them.")
    option("width", \.width, in: 1...LayerLimits.width, "The length of a token's vector.")
  }

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.coded, along: .first), cardinalities: [vocabulary], codes: .text, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    guard inputs[0].count == 1 else {
      throw ShapeError(
        "reads the tokens of a text but its input has the shape \(inputs[0])",
        remedy: "use it on a text feature")
    }
    return [width]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    [ParameterSpec("weight", [vocabulary, width], .weight, .normal(deviation: 1), decays: true)]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let ids = try inputs[0].to(.int64)
    let isToken = try (ids > 0).and(ids < Double(vocabulary))
    let vectors = try parameters.tensor("weight").embedding(ids * isToken.to(.int64))
    let counted = try isToken.to(vectors.type)
    return try (vectors * counted.unsqueeze(2)).sum(1) / counted.sum(1, kept: true).clamp(1)
  }
}

extension TokenMean: ONNXLayer {
  /// Looks each id up, takes the padding's vectors out, and divides the sum of the others by their number.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let name = site.name
    let ids = builder.codes(of: site)
    let zero = builder.constant(name + ".zero", [0])
    let end = builder.constant(name + ".end", [Int64(vocabulary)])
    let one = builder.constant(name + ".one", [1])
    let two = builder.constant(name + ".two", [2])
    let isAbove = builder.add("Greater", [ids, zero], name: name + ".is_above")
    let isBelow = builder.add("Less", [ids, end], name: name + ".is_below")
    let isToken = builder.add("And", [isAbove, isBelow], name: name + ".is_token")
    let factor = builder.cast(isToken, to: .int64, name: name + ".factor")
    let known = builder.add("Mul", [ids, factor], name: name + ".known")
    let table = try builder.parameter("weight", of: site)
    let vectors = builder.add("Gather", [table, known], name: name + ".vectors")
    let counted = builder.cast(isToken, to: .float32, name: name + ".counted")
    let mask = builder.add("Unsqueeze", [counted, two], name: name + ".mask")
    let masked = builder.add("Mul", [vectors, mask], name: name + ".masked")
    let sum = builder.add(
      "ReduceSum", [masked, one], name: name + ".sum", [ONNXAttribute("keepdims", 0)])
    let count = builder.add(
      "ReduceSum", [counted, one], name: name + ".count", [ONNXAttribute("keepdims", 1)])
    let least = builder.scalar(name + ".least", 1)
    let divisor = builder.add("Max", [count, least], name: name + ".divisor")
    return builder.add("Div", [sum, divisor], name: name)
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Div", last.inputs.count == 2,
      let sum = index.maker(of: last.inputs[0], is: "ReduceSum", reading: 2),
      index.integers(sum.inputs[1]) == [1], sum["keepdims"]?.integer == 0,
      let divisor = index.maker(of: last.inputs[1], is: "Max", reading: 2),
      index.scalar(divisor.inputs[1]) == 1,
      let count = index.maker(of: divisor.inputs[0], is: "ReduceSum", reading: 2),
      index.integers(count.inputs[1]) == [1], count["keepdims"]?.integer ?? 1 == 1,
      let masked = index.maker(of: sum.inputs[0], is: "Mul", reading: 2),
      let mask = index.maker(of: masked.inputs[1], is: "Unsqueeze", reading: 2),
      index.integers(mask.inputs[1]) == [2], mask.inputs[0] == count.inputs[0],
      let vectors = index.maker(of: masked.inputs[0], is: "Gather", reading: 2),
      vectors["axis"]?.integer ?? 0 == 0, let table = index.parameter(vectors.inputs[0]),
      table.values.dimensions.count == 2,
      let known = index.maker(of: vectors.inputs[1], is: "Mul", reading: 2),
      let factor = index.maker(of: known.inputs[1], is: "Cast"),
      let counted = index.maker(of: mask.inputs[0], is: "Cast"),
      counted.inputs[0] == factor.inputs[0],
      let isToken = index.maker(of: factor.inputs[0], is: "And", reading: 2),
      let isAbove = index.maker(of: isToken.inputs[0], is: "Greater", reading: 2),
      isAbove.inputs[0] == known.inputs[0], index.integers(isAbove.inputs[1]) == [0],
      let isBelow = index.maker(of: isToken.inputs[1], is: "Less", reading: 2),
      isBelow.inputs[0] == known.inputs[0],
      index.integers(isBelow.inputs[1]) == [Int(table.values.dimensions[0])]
    else { return nil }
    let layer = TokenMean(
      vocabulary: Int(table.values.dimensions[0]), width: Int(table.values.dimensions[1]))
    return ONNXMatch(
      layer, reading: [index.codes(known.inputs[0])], ["weight": table], operators: 14)
  }
}
