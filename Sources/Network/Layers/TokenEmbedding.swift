package import Options
package import Tensor

/// The tokens `[L]` of a text as learned vectors, one for each: `[L, width]`.
///
/// The id 0 is padding, whose vector is zero whatever is learned, as that of PyTorch's `padding_idx`; so is
/// that of an id beyond the vocabulary.
package struct TokenEmbedding: Layer {
  package static let type = "token-embedding"
  package static let summary = "Turns each token of a text into a learned vector."

  package var vocabulary = 1
  package var width = 128

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
      ChannelFlow(.coded, along: .last), cardinalities: [vocabulary], codes: .text, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    try Self.requireTokens(inputs[0])
    return inputs[0] + [width]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    [ParameterSpec("weight", [vocabulary, width], .weight, .normal(deviation: 0.02), decays: true)]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try Self.vectors(of: inputs[0], parameters.tensor("weight"), vocabulary: vocabulary).vectors
  }

  /// The vectors of tokens, zeros where they are none, and for each 1 where it is one.
  ///
  /// - Parameter ids: `[N, L]`.
  /// - Returns: `[N, L, width]` and `[N, L]`.
  static func vectors(
    of ids: Tensor, _ weight: Tensor, vocabulary: Int
  ) throws -> (vectors: Tensor, counted: Tensor) {
    let ids = try ids.to(.int64)
    let isToken = try (ids > 0).and(ids < Double(vocabulary))
    let vectors = try weight.embedding(ids * isToken.to(.int64))
    let counted = try isToken.to(vectors.type)
    return (try vectors * counted.unsqueeze(2), counted)
  }

  /// Refuses what is no text.
  static func requireTokens(_ shape: [Int]) throws(ShapeError) {
    guard shape.count != 1 else { return }
    throw ShapeError(
      "reads the tokens of a text but its input has the shape \(shape)",
      remedy: "use it on a text feature")
  }
}

extension TokenEmbedding: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    try builder.tokenVectors(of: site, vocabulary: vocabulary, name: site.name).vectors
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard let found = index.tokenVectors(last) else { return nil }
    let dimensions = found.table.values.dimensions
    return ONNXMatch(
      TokenEmbedding(vocabulary: Int(dimensions[0]), width: Int(dimensions[1])),
      reading: [found.ids], ["weight": found.table], operators: 10)
  }
}
