package import Options
package import Tensor

/// Normalises each channel over the batch (Ioffe and Szegedy 2015), then scales and shifts it.
///
/// Takes `[C, …]`. In training the batch's own mean and variance are used and the running ones
/// follow by `momentum`; in evaluation the running ones are used.
package struct BatchNorm: Layer {
  package static let type = "batch-norm"
  package static let summary = "Normalises each channel over the batch."

  package var epsilon = 1e-5
  package var momentum = 0.1

  package init() {}

  package static var fields: [Field<Self>] {
    option("epsilon", \.epsilon, in: 1e-12...1, "Added to the variance before its root is taken.")
    option("momentum", \.momentum, in: 0...1, "How far a batch moves the running statistics.")
  }

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.alone, along: .first),
      parameters: Dictionary(
        uniqueKeysWithValues: Self.parameterNames.map { ($0, ChannelAxes(output: 0)) }),
      norm: RunningNorm { [epsilon] parameters in
        let deviation = try (parameters.tensor("running_var") + epsilon).sqrt()
        return RunningNorm.Values(
          gain: try parameters.tensor("weight") / deviation,
          centre: try parameters.tensor("running_mean"), shift: try parameters.tensor("bias"))
      },
      onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] { inputs[0] }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let shape = [inputs[0][0]]
    return [
      ParameterSpec("weight", shape, .weight, .constant(1)),
      ParameterSpec("bias", shape, .bias, .constant(0)),
      ParameterSpec("running_mean", shape, .buffer, .constant(0)),
      ParameterSpec("running_var", shape, .buffer, .constant(1)),
    ]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    try forward(inputs[0], parameters, mode, adding: nil, within: -.infinity ... .infinity)
  }

  /// The layer with an addition and a rectifier that follow it, in one pass over memory.
  ///
  /// - Parameter bounds: Within what the sum is held.
  func forward(
    _ input: Tensor, _ parameters: [String: Tensor], _ mode: ForwardMode, adding addend: Tensor?,
    within bounds: ClosedRange<Double>
  ) throws -> Tensor {
    try input.batchNorm(
      adding: addend, weight: parameters.tensor("weight"), bias: parameters.tensor("bias"),
      runningMean: parameters.tensor("running_mean"),
      runningVariance: parameters.tensor("running_var"), isTraining: mode.isTraining,
      momentum: mode.batchNormMomentum ?? momentum, epsilon: epsilon, within: bounds)
  }
}

extension BatchNorm: ONNXLayer {
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let parameters = try Self.parameterNames.map { try builder.parameter($0, of: site) }
    return builder.add(
      "BatchNormalization", [site.inputs[0]] + parameters, name: site.name,
      [ONNXAttribute("epsilon", epsilon)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "BatchNormalization", last.inputs.count == 5,
      last["training_mode"]?.integer ?? 0 == 0
    else { return nil }
    var layer = BatchNorm()
    if let epsilon = last["epsilon"]?.float { layer.epsilon = epsilon }
    let constants = last.inputs.dropFirst().map(index.parameter)
    guard constants.allSatisfy({ $0 != nil }) else { return nil }
    return ONNXMatch(
      layer, reading: [last.inputs[0]],
      Dictionary(uniqueKeysWithValues: zip(parameterNames, constants)))
  }

  /// In the order in which the operator reads them.
  private static let parameterNames = ["weight", "bias", "running_mean", "running_var"]
}
