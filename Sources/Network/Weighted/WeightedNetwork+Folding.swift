import Tensor

extension WeightedNetwork {
  /// Folds every norm by running statistics into the product before it, where nothing else reads
  /// that and both have their channels along one axis.
  ///
  /// With y = g (x - m) + s for each channel: W' = g W and b' = g (b - m) + s (Jacob et al. 2018,
  /// section 3.2). The product keeps its name and takes the norm's place; the values computed in
  /// evaluation stay the same up to rounding.
  package func foldingBatchNorm() throws -> WeightedNetwork {
    let readers = graph.readerCounts()
    let nodes = Dictionary(uniqueKeysWithValues: graph.nodes.map { ($0.name, $0) })
    var rewrite = NetworkRewrite(self)
    for node in graph.nodes {
      let traits = node.layer.traits
      guard
        let norm = traits.norm, let source = nodes[node.inputs[0]], readers[source.name] == 1,
        source.weightQuantization == nil, let product = source.layer.traits.product,
        let shape = graph.shapes[source.name],
        source.layer.traits.channels.axis.index(in: shape) == traits.channels.axis.index(in: shape)
      else { continue }
      let values = try norm.values(localParameters(of: node))
      let weight = try parameters.tensor(source.parameter("weight")).detach()
      let spread = [weight.shape[0]] + weight.shape.dropFirst().map { _ in 1 }
      let bias =
        try parameters[source.parameter("bias")].map { try $0 - values.centre }
        ?? values.centre * -1
      rewrite[source.name, "weight"] = try (weight * values.gain.reshape(spread)).detach()
      rewrite[source.name, "bias"] = try (bias * values.gain + values.shift).detach()
      rewrite.replace(source.name, with: product.withBias)
      rewrite.remove(node.name)
    }
    return try rewrite.result()
  }

  /// A node's parameters by their local names, as they are stored.
  private func localParameters(of node: NetworkNode) throws -> [String: Tensor] {
    var local: [String: Tensor] = [:]
    for spec in node.layer.parameters(graph.inputShapes(of: node)) {
      local[spec.name] = try parameters.tensor(node.parameter(spec.name))
    }
    return local
  }
}
