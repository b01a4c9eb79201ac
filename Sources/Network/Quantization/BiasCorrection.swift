import Tensor

/// Takes the mean error that rounded weights cause in each channel out of the biases (Nagel et al.
/// 2019, section 4.2, with the mean measured on the calibration sample).
struct BiasCorrection {
  private let nodes: [String: NetworkNode]
  private let scheme: QuantizationScheme

  /// - Parameter nodes: The layers whose weights are rounded.
  init(_ nodes: [NetworkNode], _ scheme: QuantizationScheme) {
    self.nodes = Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0) })
    self.scheme = scheme
  }

  /// For each layer the mean over the sample of (real output - rounded output), by channel.
  func corrections(
    of network: WeightedNetwork, on batches: [[String: Tensor]]
  ) throws -> [String: Tensor] {
    let changes = try nodes.mapValues { node in
      let weight = try network.parameters.tensor(node.parameter("weight"))
      let rounded = try scheme.integers(for: weight)
      return try weight.detach() - rounded.dequantized()
    }
    var sums: [String: Tensor] = [:]
    for batch in batches {
      var values = batch
      _ = try network.forward(batch) { name, tensor in
        values[name] = tensor
        guard let node = nodes[name], let change = changes[name] else { return }
        let mean = try channelMeans(node, values.tensor(node.inputs[0]), change)
        sums[name] = try sums[name].map { try $0 + mean } ?? mean
      }
    }
    return try sums.mapValues { try $0 / Double(max(batches.count, 1)) }
  }

  /// The layer's output for the weight's change alone, averaged over everything but channels.
  private func channelMeans(
    _ node: NetworkNode, _ input: Tensor, _ change: Tensor
  ) throws -> Tensor {
    let output = try node.layer.forward([input], ["weight": change], .evaluation)
    let shape = output.shape
    guard node.layer.traits.channels.axis == .first else {
      return try output.reshape([-1, shape[shape.count - 1]]).mean(0)
    }
    return try output.reshape([shape[0], shape[1], -1]).mean(0, 2)
  }
}
