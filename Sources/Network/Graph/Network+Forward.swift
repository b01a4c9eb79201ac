package import Tensor
import Diagnostics

extension Network {
  /// Computes the first output for a batch.
  ///
  /// - Parameters:
  ///   - batch: One tensor `[N, shape…]` for each input feature, by name.
  ///   - parameters: The network's parameters; the running statistics are updated in training.
  ///   - mode: Whether this is training, and the randomness to use if so.
  ///   - observe: Called with every node's name and value, in order.
  package func forward(
    _ batch: [String: Tensor], _ parameters: Parameters, _ mode: ForwardMode = .evaluation,
    observe: ((String, Tensor) throws -> Void)? = nil
  ) throws -> Tensor {
    var values: [String: Tensor] = [:]
    for input in inputs {
      guard let tensor = batch[input.name] else {
        throw Diagnostic(
          "the batch lacks the feature \"\(input.name)\"",
          remedy: "the model reads \(inputs.map(\.name).joined(separator: ", "))")
      }
      values[input.name] = tensor
    }
    var readers = readerCounts()
    for node in nodes {
      let output = try value(of: node, among: values, parameters, mode)
      try observe?(node.name, output)
      values[node.name] = output
      for name in node.inputs {
        readers[name, default: 0] -= 1
        if readers[name] == 0 { values[name] = nil }
      }
    }
    return try values.tensor(outputs[0])
  }

  /// How often each value is read, the network's own outputs included, so that a value can be freed
  /// after its last use.
  func readerCounts() -> [String: Int] {
    var counts: [String: Int] = [:]
    for name in nodes.flatMap(\.inputs) + outputs { counts[name, default: 0] += 1 }
    return counts
  }

  private func value(
    of node: NetworkNode, among values: [String: Tensor], _ parameters: Parameters,
    _ mode: ForwardMode
  ) throws -> Tensor {
    var inputs = try node.inputs.map { try values.tensor($0) }
    for (index, grid) in node.inputQuantization.enumerated() {
      if let grid { inputs[index] = try grid.rounding(inputs[index]) }
    }
    var local: Parameters = [:]
    for spec in node.layer.parameters(inputShapes(of: node)) {
      local[spec.name] = try parameters.tensor(node.parameter(spec.name))
    }
    if let storage = node.weightQuantization {
      local["weight"] = try storage.dequantized(
        local.tensor("weight"), scale: parameters.tensor(node.parameter("weight_scale")),
        zeroPoint: parameters[node.parameter("weight_zero_point")])
    }
    if let bias = local["bias"], bias.type == .int32, let scale = try node.biasScale(parameters) {
      local["bias"] = try bias.to(.float32) * scale
    }
    return try node.layer.forward(inputs, local, mode.inside(node.name))
  }
}
