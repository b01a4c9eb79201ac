import Tensor

extension Network {
  /// Folds every batch norm into the convolution or matrix before it, where nothing else reads that.
  ///
  /// With g = weight / sqrt(variance + epsilon): W' = g W and b' = g (b - mean) + bias (Jacob et al.
  /// 2018, section 3.2). The layer keeps its name and takes the norm's place; the values computed in
  /// evaluation stay the same up to rounding.
  package func foldingBatchNorm(_ parameters: Parameters) throws -> (Network, Parameters) {
    var readers: [String: Int] = [:]
    for name in nodes.flatMap(\.inputs) + outputs { readers[name, default: 0] += 1 }
    let byName = Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0) })

    var folded = parameters
    var widened: Set<String> = []
    var replacement: [String: String] = [:]
    for node in nodes {
      guard
        let norm = node.layer as? BatchNorm, let source = byName[node.inputs[0]],
        readers[source.name] == 1, source.weightQuantization == nil,
        source.layer.takesNorm(shapes[source.name] ?? [])
      else { continue }
      try fold(norm, node, into: source, &folded)
      widened.insert(source.name)
      replacement[node.name] = source.name
    }
    let kept = nodes.filter { replacement[$0.name] == nil }.map { node in
      var node = node
      if widened.contains(node.name) { node.layer = node.layer.withBias }
      node.inputs = node.inputs.map { replacement[$0] ?? $0 }
      return node
    }
    let network = try Network(
      inputs: inputs, nodes: kept, outputs: outputs.map { replacement[$0] ?? $0 })
    return (network, folded)
  }

  private func fold(
    _ norm: BatchNorm, _ node: NetworkNode, into source: NetworkNode, _ parameters: inout Parameters
  ) throws {
    let variance = try parameters.tensor(node.parameter("running_var"))
    let mean = try parameters.tensor(node.parameter("running_mean"))
    let gain = try parameters.tensor(node.parameter("weight")) / (variance + norm.epsilon).sqrt()
    let weight = try parameters.tensor(source.parameter("weight")).detach()
    let shape = [weight.shape[0]] + weight.shape.dropFirst().map { _ in 1 }
    let bias = try parameters[source.parameter("bias")].map { try $0 - mean } ?? mean * -1
    parameters[source.parameter("weight")] = try (weight * gain.reshape(shape)).detach()
    parameters[source.parameter("bias")] =
      try (bias * gain + parameters.tensor(node.parameter("bias"))).detach()
    for spec in norm.parameters([shapes[source.name] ?? []]) {
      parameters[node.parameter(spec.name)] = nil
    }
  }
}

extension Layer {
  /// Whether the layer's weight can take the scale of a batch norm over an output of this shape.
  fileprivate func takesNorm(_ shape: [Int]) -> Bool {
    self is Convolution || self is Linear && shape.count == 1
  }

  /// The same layer with a bias.
  fileprivate var withBias: any Layer {
    switch self {
    case var layer as Convolution:
      layer.hasBias = true
      return layer
    case var layer as Linear:
      layer.hasBias = true
      return layer
    default: return self
    }
  }
}
