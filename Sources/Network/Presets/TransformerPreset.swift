package import Diagnostics
package import Options
package import YAML

/// A transformer's encoder over the tokens of a text, bytes, characters or words as they were loaded: a
/// vector for each token and each place, blocks that pass over padding, and the mean over the real tokens.
package struct TransformerPreset: Options, Preset {
  package static let title = "transformer"
  package static let summary = "Attention over the tokens of a text."

  package var width = 128
  package var depth = 2
  package var heads = 4
  package var expansion = 4
  package var dropout = 0.1

  package init() {}

  package static var fields: [Field<Self>] {
    option("width", \.width, in: 1...1 << 14, "The length of a token's vector.")
    option("depth", \.depth, in: 1...128, "The blocks of the encoder.")
    option("heads", \.heads, in: 1...1024, "The heads of each attention, which divide the width.")
    option(
      "expansion", \.expansion, in: 1...64,
      "How much wider than the vectors a block's hidden layer is.")
    option("dropout", \.dropout, in: 0...0.99, "The share of values dropped in each block.")
  }

  package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
    Diagnostic.heads(settings.heads, dividing: settings.width, in: node)
  }

  package var reads: Set<FeatureKind>? { [.text] }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    if let problem = Diagnostic.heads(heads, dividing: width) { throw problem }
    let fusion = LateFusion(
      preset: Self.title, need: "a text",
      remedy: "use another model, or declare a text with `features` where data is loaded",
      dropout: 0)
    return try fusion.network(
      for: inputs, outputs: outputs, fits: { $0.kind == .text }, addTrunk: addTrunk)
  }

  private func addTrunk(
    _ builder: inout NetworkBuilder, _ text: NetworkInput, _ prefix: String
  ) throws(Diagnostic) -> String {
    let embedding = TokenEmbedding(vocabulary: text.cardinalities.first ?? 1, width: width)
    var last = try builder.add("\(prefix)vectors", embedding, to: text.name)
    last = try builder.add("\(prefix)places", PositionEmbedding(), to: last)
    let blocks = EncoderBlocks(
      depth: depth, heads: heads, expansion: expansion, dropout: dropout, epsilon: 1e-5)
    last = try builder.addDropout("\(prefix)places.dropout", dropout, to: last)
    last = try blocks.add(&builder, to: last, mask: text.name, prefix)
    return try builder.add("\(prefix)mean", SequenceMean(), to: [last, text.name])
  }
}
