internal import Diagnostics
package import Network
internal import Tensor

extension Network {
  /// Whether any layer stores integers or rounds what it reads.
  package var isQuantized: Bool {
    nodes.contains { node in
      node.weightQuantization != nil || node.inputQuantization.contains { $0 != nil }
    }
  }

  /// The network with real weights, nothing rounded any more: what is left of a quantised model
  /// where an engine computes in floats.
  package func dequantized(_ parameters: Parameters) throws -> (Network, Parameters) {
    var real = parameters
    for node in nodes {
      guard let storage = node.weightQuantization else { continue }
      let names = ["weight", "weight_scale", "weight_zero_point", "bias"].map(node.parameter)
      let bias = parameters[names[3]]
      if let bias, bias.type == .int32, let scale = try node.biasScale(parameters) {
        real[names[3]] = try bias.to(.float32) * scale
      }
      real[names[0]] = try storage.dequantized(
        parameters.tensor(names[0]), scale: parameters.tensor(names[1]),
        zeroPoint: parameters[names[2]])
      real[names[1]] = nil
      real[names[2]] = nil
    }
    let plain = nodes.map { node in
      var node = node
      node.weightQuantization = nil
      node.inputQuantization = []
      return node
    }
    return (try replacing(nodes: plain), real)
  }
}
