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
    try TokenEmbedding.requireTokens(inputs[0])
    return [width]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    [ParameterSpec("weight", [vocabulary, width], .weight, .normal(deviation: 1), decays: true)]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let (vectors, counted) = try TokenEmbedding.vectors(
      of: inputs[0], parameters.tensor("weight"), vocabulary: vocabulary)
    return try vectors.sum(1) / counted.sum(1, kept: true).clamp(1)
  }
}

extension TokenMean: ONNXLayer {
  /// Looks each id up, takes the padding's vectors out, and divides the sum of the others by their number.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let (vectors, counted) = try builder.tokenVectors(
      of: site, vocabulary: vocabulary, name: site.name + ".masked")
    return builder.mean(ofMasked: vectors, counted, name: site.name)
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard let (masked, counted) = index.maskedMean(last),
      let found = index.tokenVectors(masked), found.counted == counted
    else { return nil }
    let dimensions = found.table.values.dimensions
    return ONNXMatch(
      TokenMean(vocabulary: Int(dimensions[0]), width: Int(dimensions[1])), reading: [found.ids],
      ["weight": found.table], operators: 14)
  }
}
