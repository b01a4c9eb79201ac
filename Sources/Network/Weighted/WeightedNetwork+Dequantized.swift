import Tensor

extension WeightedNetwork {
  /// The network with real weights, nothing rounded any more: what is left of a quantised model
  /// where an engine computes in floats.
  package func dequantized() throws -> WeightedNetwork {
    var rewrite = NetworkRewrite(self)
    for node in graph.nodes {
      rewrite.change(node.name) { node in
        node.weightQuantization = nil
        node.inputQuantization = []
      }
      guard let storage = node.weightQuantization else { continue }
      if let bias = rewrite[node.name, "bias"], bias.type == .int32,
        let scale = try node.biasScale(parameters)
      {
        rewrite[node.name, "bias"] = try bias.to(.float32) * scale
      }
      rewrite[node.name, "weight"] = try storage.dequantized(
        parameters.tensor(node.parameter("weight")),
        scale: parameters.tensor(node.parameter("weight_scale")),
        zeroPoint: rewrite[node.name, "weight_zero_point"])
      rewrite[node.name, "weight_scale"] = nil
      rewrite[node.name, "weight_zero_point"] = nil
    }
    return try rewrite.result()
  }
}

extension Network {
  /// Whether any layer stores integers or rounds what it reads.
  package var isQuantized: Bool {
    nodes.contains { node in
      node.weightQuantization != nil || node.inputQuantization.contains { $0 != nil }
    }
  }
}
