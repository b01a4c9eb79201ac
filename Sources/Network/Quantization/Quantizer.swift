import Options
package import Tensor

/// Turns a trained network into one that computes in 8-bit integers, without training it again.
package struct Quantizer {
  package var scheme: QuantizationScheme

  package init(_ scheme: QuantizationScheme) {
    self.scheme = scheme
  }

  /// Quantises a network whose batch norms are folded.
  ///
  /// - Parameters:
  ///   - batches: The calibration sample as the network reads it.
  ///   - statistics: What `statistics` found on the sample, where that is known.
  ///   - chosen: The layers to quantise; all that are not kept by default.
  /// - Returns: The network with integer weights and biases and rounded activations, and for each
  ///   quantised layer what that did to its weight.
  package func quantize(
    _ network: WeightedNetwork, batches: [[String: Tensor]],
    statistics: ActivationStatistics? = nil, only chosen: Set<String>? = nil
  ) throws -> (network: WeightedNetwork, layers: [QuantizedLayer]) {
    let plan = plan(network.graph, only: chosen)
    let found = try statistics ?? self.statistics(of: network, on: batches)
    let grids = activationGrids(plan, found)
    let corrections =
      scheme.correctsBias
      ? try BiasCorrection(plan.weighted, scheme).corrections(of: network, on: batches) : [:]
    var rewrite = NetworkRewrite(network)
    for name in plan.rounded {
      rewrite.change(name) { node in node.inputQuantization = node.inputs.map { grids[$0] } }
    }
    let layers = try plan.weighted.map { node in
      var layer = try quantize(node, grids[node.inputs[0]], corrections[node.name], in: &rewrite)
      let values = plan.roots[node.inputs[0]].flatMap { found?.histograms[$0] }
      layer.inputLevels = layer.input.flatMap { grid in values?.levels(of: grid.scale) }
      return layer
    }
    return (try rewrite.result(), layers)
  }

  /// What the activations that are rounded take on for values; nil where activations stay real.
  package func statistics(
    of network: WeightedNetwork, on batches: [[String: Tensor]]
  ) throws -> ActivationStatistics? {
    guard scheme.calibration != nil else { return nil }
    let roots = Set(plan(network.graph, only: nil).roots.values)
    return try ActivationStatistics(of: roots, in: network, batches: batches)
  }

  private func plan(_ graph: Network, only chosen: Set<String>?) -> QuantizationPlan {
    QuantizationPlan(graph) { name in
      scheme.keep.contains { $0.matches(name) } || !(chosen?.contains(name) ?? true)
    }
  }

  private func activationGrids(
    _ plan: QuantizationPlan, _ statistics: ActivationStatistics?
  ) -> [String: ActivationQuantization] {
    guard let calibration = scheme.calibration, let statistics else { return [:] }
    let grids = statistics.histograms.mapValues { calibration.grid($0) }
    return plan.roots.compactMapValues { root in
      grids[root].map { ActivationQuantization(scale: $0.scale, zeroPoint: $0.zeroPoint) }
    }
  }

  /// Quantises one layer's weight, and its bias where its input has a grid.
  private func quantize(
    _ node: NetworkNode, _ input: ActivationQuantization?, _ correction: Tensor?,
    in rewrite: inout NetworkRewrite
  ) throws -> QuantizedLayer {
    let real = try rewrite.tensor("weight", of: node.name)
    var bias = try rewrite[node.name, "bias"]?.detach()
    if let present = bias, let correction { bias = try present + correction }
    let weight = try scheme.integers(
      for: real,
      leastScale: bias.flatMap { bias in
        try input.map { try leastScale(for: bias, input: $0) }
      })
    rewrite.change(node.name) { $0.weightQuantization = scheme.storage }
    rewrite[node.name, "weight"] = weight.integers
    rewrite[node.name, "weight_scale"] = weight.scale
    if let bias {
      rewrite[node.name, "bias"] =
        try input.map { grid in
          try (bias.to(.float64) / (weight.scale.to(.float64) * grid.scale)).round().to(.int32)
        } ?? bias
    }
    return QuantizedLayer(
      name: node.name, weights: real.count,
      signalToNoise: try signalToNoise(real, weight.dequantized()), input: input)
  }

  /// The scales below which a bias in steps of input scale times weight scale exceeds 30 bits.
  private func leastScale(for bias: Tensor, input: ActivationQuantization) throws -> Tensor {
    let least = try bias.abs() / (input.scale * Double(1 << 30))
    return scheme.isPerChannel ? least : try least.max().reshape([1])
  }
}
