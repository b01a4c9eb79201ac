package import Diagnostics
internal import Options

/// Builds a network layer by layer, knowing every shape on the way.
package struct NetworkBuilder {
  package let inputs: [NetworkInput]
  package private(set) var nodes: [NetworkNode] = []
  private var shapes: [String: [Int]]

  package init(inputs: [NetworkInput]) {
    self.inputs = inputs
    shapes = Dictionary(inputs.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
  }

  /// The shape of an input or of a layer added before.
  package func shape(of name: String) -> [Int] { shapes[name] ?? [] }

  /// Adds a layer that reads the named values and returns its own name, which is followed by `_` where
  /// an input is called so.
  ///
  /// - Parameter place: What messages call the layer.
  package mutating func add(
    _ name: String, _ layer: any Layer, to sources: [String], called place: String? = nil
  ) throws(Diagnostic) -> String {
    var name = name
    while inputs.contains(where: { $0.name == name }) { name += "_" }
    let node = NetworkNode(name: name, inputs: sources, layer: layer)
    shapes[name] = try Network.outputShape(of: node, called: place, among: shapes)
    nodes.append(node)
    return name
  }

  /// Adds a layer with one input.
  package mutating func add(
    _ name: String, _ layer: any Layer, to source: String
  ) throws(Diagnostic) -> String {
    try add(name, layer, to: [source])
  }

  /// Adds a convolution, a batch norm and, unless told otherwise, a rectifier.
  package mutating func addNormedConvolution(
    _ name: String, _ convolution: Convolution, to source: String,
    _ activation: Activation.Function? = .relu
  ) throws(Diagnostic) -> String {
    var last = try add("\(name).conv", convolution, to: source)
    last = try add("\(name).norm", BatchNorm(), to: last)
    guard let activation else { return last }
    return try add("\(name).\(activation.name)", Activation(activation), to: last)
  }

  /// Adds a dropout, unless nothing is dropped.
  package mutating func addDropout(
    _ name: String, _ rate: Double, to source: String
  ) throws(Diagnostic) -> String {
    rate > 0 ? try add(name, Dropout(rate: rate), to: source) : source
  }

  /// Lays features in one row each and joins them: numbers as they are, categories as indicators, texts as
  /// the mean of their tokens' vectors.
  ///
  /// - Parameter embedding: The length of the learned vector that each category becomes instead.
  package mutating func addRow(
    of features: [NetworkInput], embedding: Int? = nil
  ) throws(Diagnostic) -> String {
    var rows: [String] = []
    for feature in features { rows.append(try addRow(of: feature, embedding)) }
    return try join(rows, as: "features")
  }

  /// The values of a token's vector.
  private static let tokenWidth = 32

  /// Joins rows into one; a single row stays what it is.
  package mutating func join(
    _ rows: [String], as name: String
  ) throws(Diagnostic) -> String {
    rows.count == 1 ? rows[0] : try add(name, Concatenate(), to: rows)
  }

  private mutating func addRow(
    of feature: NetworkInput, _ embedding: Int?
  ) throws(Diagnostic) -> String {
    switch feature.kind.traits.entry {
    case .indicators:
      if let embedding {
        let layer = Embedding(cardinalities: feature.cardinalities, width: embedding)
        return try add("\(feature.name).vectors", layer, to: feature.name)
      }
      let layer = OneHot(cardinalities: feature.cardinalities)
      return try add("\(feature.name).one-hot", layer, to: feature.name)
    case .tokens:
      let layer = TokenMean(vocabulary: feature.cardinalities.first ?? 1, width: Self.tokenWidth)
      return try add("\(feature.name).tokens", layer, to: feature.name)
    case .row, .trunk:
      return feature.shape.count == 1
        ? feature.name : try add("\(feature.name).flatten", Flatten(), to: feature.name)
    }
  }

  /// The finished network, which returns the named layer's value.
  package func network(returning output: String) throws(Diagnostic) -> Network {
    try Network(inputs: inputs, nodes: nodes, outputs: [output])
  }
}
