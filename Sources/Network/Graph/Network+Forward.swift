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
    try values(for: batch, parameters, mode, observe).tensor(outputs[0])
  }

  /// Computes every output for a batch, in their order; otherwise as ``forward(_:_:_:observe:)``.
  package func allOutputs(
    _ batch: [String: Tensor], _ parameters: Parameters, _ mode: ForwardMode = .evaluation
  ) throws -> [Tensor] {
    let values = try values(for: batch, parameters, mode, nil)
    return try outputs.map { try values.tensor($0) }
  }

  /// The values of the outputs, and of inputs that nothing reads, by name.
  private func values(
    for batch: [String: Tensor], _ parameters: Parameters, _ mode: ForwardMode,
    _ observe: ((String, Tensor) throws -> Void)?
  ) throws -> [String: Tensor] {
    var values: [String: Tensor] = [:]
    for input in inputs {
      guard let tensor = batch[input.name] else {
        throw Diagnostic(
          "the batch lacks the feature \"\(input.name)\"",
          remedy: "the model reads \(inputs.map(\.name).joined(separator: ", "))")
      }
      values[input.name] = tensor
    }
    let steps = observe == nil ? steps : ForwardStep.single(nodes)
    var readers = ForwardStep.readers(of: steps, outputs)
    for step in steps {
      let output = try value(of: step, among: values, parameters, mode)
      try observe?(step.node.name, output)
      values[step.node.name] = output
      for name in step.inputs {
        readers[name, default: 0] -= 1
        if readers[name] == 0 { values[name] = nil }
      }
    }
    return values
  }

  /// How often each value is read, the network's own outputs included.
  func readerCounts() -> [String: Int] {
    ForwardStep.readers(of: ForwardStep.single(nodes), outputs)
  }

  private func value(
    of step: ForwardStep, among values: [String: Tensor], _ parameters: Parameters,
    _ mode: ForwardMode
  ) throws -> Tensor {
    guard let norm = step.norm, let layer = norm.layer as? BatchNorm,
      let bounds = (step.node.layer as? Activation)?.function.bounds
    else { return try value(of: step.node, among: values, parameters, mode) }
    return try layer.forward(
      values.tensor(step.inputs[0]), own(norm, parameters), mode.inside(norm.name),
      adding: step.inputs.count > 1 ? values.tensor(step.inputs[1]) : nil, within: bounds)
  }

  /// A node's parameters by their local names.
  private func own(_ node: NetworkNode, _ parameters: Parameters) throws -> Parameters {
    var local: Parameters = [:]
    for spec in node.layer.parameters(inputShapes(of: node)) {
      local[spec.name] = try parameters.tensor(node.parameter(spec.name))
    }
    return local
  }

  private func value(
    of node: NetworkNode, among values: [String: Tensor], _ parameters: Parameters,
    _ mode: ForwardMode
  ) throws -> Tensor {
    var inputs = try node.inputs.map { try values.tensor($0) }
    for (index, grid) in node.inputQuantization.enumerated() {
      if let grid { inputs[index] = try grid.rounding(inputs[index]) }
    }
    var local = try own(node, parameters)
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
