internal import Diagnostics
internal import Network
internal import Tensor

/// Takes the mean error that rounded weights cause in each channel out of the biases (Nagel et al.
/// 2019, section 4.2, with the mean measured on the calibration sample).
struct BiasCorrection {
  private let nodes: [String: NetworkNode]
  private let settings: Quantize.Settings

  /// - Parameter nodes: The layers whose weights are rounded.
  init(_ nodes: [NetworkNode], _ settings: Quantize.Settings) {
    self.nodes = Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0) })
    self.settings = settings
  }

  /// For each layer the mean over the sample of (real output - rounded output), by channel.
  func corrections(
    of network: WeightedNetwork, on batches: [[String: Tensor]]
  ) throws -> [String: Tensor] {
    let changes = try nodes.mapValues { node in
      let weight = try network.parameters.tensor(node.parameter("weight"))
      let rounded = try IntegerWeight(
        weight, isPerChannel: settings.granularity == .channel, limit: settings.range.limit)
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
    let axis = node.layer.traits.channels.axis
    if axis == .first, output.rank == 4 { return try output.mean(0, 2, 3) }
    return try output.reshape([-1, output.shape[output.rank - 1]]).mean(0)
  }
}
