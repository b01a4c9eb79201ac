package import Network
package import Tensor
import Diagnostics

/// Moves a network's learned parameters along their gradients.
///
/// Parameters that decay and those that do not (norms and biases) form groups, for each factor of the rate
/// two, each moved by one call over all its tensors.
package final class Optimizer {
  private let rule: any OptimizerRule
  private let names: [[String]]
  private var groups: [ParameterGroup]
  private let decays: [Double]
  private let factors: [Double]
  /// Whether gradients stay where they are and are set to zero, as those that lie in files are.
  private let keepsGradients: Bool
  /// How many steps were taken.
  package private(set) var step = 0

  /// - Parameters:
  ///   - rule: The rule and its settings.
  ///   - parameters: The network's parameters; those trained require gradients.
  ///   - specs: What each parameter is.
  ///   - trained: The names of the parameters that move.
  ///   - rates: What the learning rate is multiplied by, by parameter; 1 for the others.
  ///   - execution: Where gradients and moments lie, if not in memory.
  package init(
    _ rule: any OptimizerRule, _ parameters: Parameters, specs: [ParameterSpec],
    trained: Set<String>, rates: [String: Double] = [:], execution: Execution? = nil
  ) throws {
    self.rule = rule
    keepsGradients = execution?.stateFolder != nil
    let specs = specs.filter { trained.contains($0.name) }
    let kinds = Set(specs.map { rates[$0.name] ?? 1 }).sorted().flatMap { factor in
      [(factor: factor, decays: true), (factor: factor, decays: false)]
    }
    names = kinds.map { kind in
      specs.filter { (rates[$0.name] ?? 1, $0.decays) == kind }.map(\.name)
    }
    decays = kinds.map { $0.decays ? rule.weightDecay : 0 }
    factors = kinds.map(\.factor)
    groups = try names.map { names in
      let tensors = try names.map { try parameters.tensor($0) }
      return ParameterGroup(
        parameters: tensors, gradients: [],
        slots: try rule.slots.map { _ in
          try tensors.map { try execution?.keptZeros(like: $0) ?? $0.zerosLike() }
        },
        steps: try tensors.map { try Tensor.zeros([], device: $0.device) })
    }
  }

  /// The tensors that move, in the order in which gradients are gathered.
  package var parameters: [Tensor] { groups.flatMap(\.parameters) }

  /// Takes one step along the gradients and clears them.
  package func step(rate: Double, clip: GradientClip?) throws {
    for index in groups.indices {
      groups[index].gradients = try groups[index].parameters.map { parameter in
        try parameter.gradient() ?? parameter.zerosLike()
      }
    }
    try clip?.apply(to: groups.flatMap(\.gradients))
    step += 1
    for (index, group) in groups.enumerated() where !group.parameters.isEmpty {
      try rule.update(group, step: step, rate: rate * factors[index], decay: decays[index])
    }
    for index in groups.indices { groups[index].gradients = [] }
    for parameter in parameters {
      if keepsGradients, let gradient = try parameter.gradient() {
        try gradient.fill(with: 0)
      } else {
        try parameter.setGradient(nil)
      }
    }
  }

  /// Everything that a continued training needs, by names such as `mean/head.weight`.
  package var state: [String: Tensor] {
    var state: [String: Tensor] = [:]
    for (group, names) in zip(groups, names) {
      for (index, name) in names.enumerated() {
        state["step/\(name)"] = group.steps[index]
        for (slot, tensors) in zip(rule.slots, group.slots) {
          state["\(slot)/\(name)"] = tensors[index]
        }
      }
    }
    return state
  }

  /// Takes up the state of an earlier optimizer after its `step`-th step.
  package func restore(_ saved: [String: Tensor], step: Int) throws {
    for (name, tensor) in state {
      try tensor.copy(from: saved.tensor(name))
    }
    self.step = step
  }
}

extension ParameterGroup {
  /// The gradients with weight decay added, g + decay · w.
  func decayedGradients(_ decay: Double) throws -> [Tensor] {
    guard decay != 0 else { return gradients }
    let copies = try gradients.map { try $0.clone() }
    try ParameterUpdates.add(parameters, scale: decay, to: copies)
    return copies
  }
}
