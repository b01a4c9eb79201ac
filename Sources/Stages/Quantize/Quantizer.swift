internal import Diagnostics
package import Network
internal import Options
package import Tensor

/// Turns a trained network into one that computes in 8-bit integers, without training it again.
package struct Quantizer {
  package var settings: Quantize.Settings

  package init(_ settings: Quantize.Settings) {
    self.settings = settings
  }

  /// Quantises a network whose batch norms are folded.
  ///
  /// - Parameter batches: The calibration sample as the network reads it.
  /// - Returns: The network with integer weights and biases and rounded activations, and for each
  ///   quantised layer what that did to its weight.
  package func quantize(
    _ network: Network, _ parameters: Parameters, batches: [[String: Tensor]]
  ) throws -> (network: Network, parameters: Parameters, layers: [QuantizedLayer]) {
    let plan = QuantizationPlan(network) { name in
      settings.keep.contains { $0.matches(name) }
    }
    let grids = try activationGrids(plan, network, parameters, batches)
    let corrections =
      settings.correctsBias
      ? try BiasCorrection(plan.weighted, network, settings, batches).corrections(parameters) : [:]
    var result = parameters
    var layers: [QuantizedLayer] = []
    for node in plan.weighted {
      let grid = grids[node.inputs[0]]
      layers.append(
        try quantize(node, grid, corrections[node.name], parameters, into: &result))
    }
    let quantized = Set(layers.map(\.name))
    let nodes = network.nodes.map { node in
      var node = node
      if quantized.contains(node.name) {
        node.weightQuantization = WeightQuantization(
          bits: 8, axis: settings.granularity == .channel ? 0 : nil)
      }
      if plan.rounded.contains(node.name) {
        node.inputQuantization = node.inputs.map { grids[$0] }
      }
      return node
    }
    return (try network.replacing(nodes: nodes), result, layers)
  }

  private func activationGrids(
    _ plan: QuantizationPlan, _ network: Network, _ parameters: Parameters,
    _ batches: [[String: Tensor]]
  ) throws -> [String: ActivationQuantization] {
    guard settings.activations == .int8 else { return [:] }
    let statistics = try ActivationStatistics(
      of: Set(plan.roots.values), in: network, parameters, batches: batches)
    let grids = statistics.histograms.mapValues { settings.calibration.grid($0) }
    return plan.roots.compactMapValues { root in
      grids[root].map { ActivationQuantization(scale: $0.scale, zeroPoint: $0.zeroPoint) }
    }
  }

  /// Quantises one layer's weight, and its bias where its input has a grid.
  private func quantize(
    _ node: NetworkNode, _ input: ActivationQuantization?, _ correction: Tensor?,
    _ parameters: Parameters, into result: inout Parameters
  ) throws -> QuantizedLayer {
    let real = try parameters.tensor(node.parameter("weight"))
    var bias = try parameters[node.parameter("bias")]?.detach()
    if let present = bias, let correction { bias = try present + correction }
    let weight = try IntegerWeight(
      real, isPerChannel: settings.granularity == .channel, limit: settings.range.limit,
      leastScale: bias.flatMap { bias in
        try input.map { try leastScale(for: bias, input: $0) }
      })
    result[node.parameter("weight")] = weight.integers
    result[node.parameter("weight_scale")] = weight.scale
    if let bias {
      result[node.parameter("bias")] =
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
    return settings.granularity == .channel ? least : try least.max().reshape([1])
  }
}
