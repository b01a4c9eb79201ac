internal import Diagnostics
package import Network
package import Tensor

/// How much each value that a network reads has a part in one of its outputs for a row.
///
/// Inputs are batches `[N, …]` as the network reads them, after all steps. Codes of categories and tokens have no
/// gradient and are left as they are.
package struct Attribution {
  private let network: WeightedNetwork

  /// - Parameter network: With its tensors on the device of the inputs.
  package init(of network: WeightedNetwork) {
    self.network = network
  }

  /// The chosen output of each row, `[N]`: a logit or a value.
  ///
  /// - Parameter outputs: The index of one for each row.
  package func scores(_ inputs: [String: Tensor], _ outputs: [Int]) throws -> Tensor {
    let given = try network.forward(inputs).to(.float32)
    let answers = try given.reshape([given.shape[0], -1])
    let places = try Tensor(outputs.map(Int64.init), shape: [outputs.count, 1]).to(answers.device)
    return try answers.gather(1, indices: places).reshape([-1])
  }

  /// |∂ score / ∂ x| (Simonyan et al. 2014, section 3.1), by input, of the inputs' shapes.
  package func saliency(_ inputs: [String: Tensor], _ outputs: [Int]) throws -> [String: Tensor] {
    try gradients(inputs, outputs).mapValues { try $0.abs() }
  }

  /// Integrated gradients (Sundararajan et al. 2017, equation 1): (x - x') times the mean gradient along the
  /// straight way from x' to x, by the midpoint rule. They sum up to the score at x less that at x', up to
  /// the error of the rule.
  ///
  /// - Parameters:
  ///   - baseline: x' for each input, which broadcasts against it.
  ///   - steps: The points of the way.
  package func integratedGradients(
    _ inputs: [String: Tensor], _ outputs: [Int], from baseline: [String: Tensor], steps: Int
  ) throws -> [String: Tensor] {
    let real = inputs.filter { $0.value.type.isFloatingPoint }
    var sums: [String: Tensor] = [:]
    for step in 0..<steps {
      let share = (Double(step) + 0.5) / Double(steps)
      let point = try blend(inputs, with: baseline, share: share)
      for (name, gradient) in try gradients(point, outputs) {
        sums[name] = try sums[name].map { try $0 + gradient } ?? gradient
      }
    }
    var attributions: [String: Tensor] = [:]
    for (name, input) in real {
      guard let sum = sums[name], let start = baseline[name] else { continue }
      attributions[name] = try (input.to(.float32) - start) * sum / Double(steps)
    }
    return attributions
  }

  /// The inputs a share of the way from a baseline; codes stay.
  package func blend(
    _ inputs: [String: Tensor], with baseline: [String: Tensor], share: Double
  ) throws -> [String: Tensor] {
    var point = inputs
    for (name, input) in inputs where input.type.isFloatingPoint {
      guard let start = baseline[name] else { continue }
      point[name] = try start + (input.to(.float32) - start) * share
    }
    return point
  }

  /// How much the score falls where a part of an input is that of a baseline (Zeiler and Fergus 2014, section
  /// 4.2), for each part: `[N, parts]`.
  ///
  /// - Parameter masks: `[parts, …]` of one row's shape, 1 where a part is.
  package func occlusion(
    _ inputs: [String: Tensor], _ outputs: [Int], of name: String, by baseline: Tensor,
    _ masks: Tensor
  ) throws -> Tensor {
    try withoutGradients {
      let whole = try scores(inputs, outputs)
      let input = try inputs.tensor(name).to(.float32)
      var falls: [Tensor] = []
      for part in 0..<masks.shape[0] {
        let mask = try masks.select(0, part)
        var changed = inputs
        changed[name] = try input * (1 - mask) + baseline * mask
        falls.append(try whole - scores(changed, outputs))
      }
      return try Tensor.stack(falls).transpose(0, 1)
    }
  }

  private func gradients(
    _ inputs: [String: Tensor], _ outputs: [Int]
  ) throws -> [String: Tensor] {
    var leaves = inputs
    let names = inputs.filter { $0.value.type.isFloatingPoint }.map(\.key).sorted()
    for name in names {
      leaves[name] = try inputs.tensor(name).to(.float32).detach().clone().requireGradient()
    }
    let chosen = try names.map { try leaves.tensor($0) }
    let found = try withGradients {
      try scores(leaves, outputs).sum().derivatives(by: chosen)
    }
    var gradients: [String: Tensor] = [:]
    for (name, (leaf, gradient)) in zip(names, zip(chosen, found)) {
      gradients[name] = try gradient ?? leaf.detach().zerosLike()
    }
    return gradients
  }
}
