package import Tensor

/// A network in stretches of which only the first values are kept for the backward pass; what lies within one
/// is computed again when its gradients are (activation checkpointing: Chen et al. 2016, "Training deep nets
/// with sublinear memory cost").
///
/// Gradients, running statistics and what is drawn at random are the same to the bit as without: stretches
/// meet where a single value goes on, and statistics move once.
package struct CheckpointedNetwork: Sendable {
  /// Steps that are recorded together.
  struct Stretch: Sendable {
    let steps: ArraySlice<ForwardStep>
    /// The node whose value it goes on from; nil for the first, which reads the network's inputs alone.
    let entry: String?
  }

  package let network: Network
  let stretches: [Stretch]

  /// - Returns: Nil where there is no place to part the network, or where nothing is saved by it.
  package init?(_ network: Network) {
    self.network = network
    stretches = StretchSearch(network).best
    guard stretches.count > 1 else { return nil }
  }

  /// All of a network in one stretch, of which every value is kept.
  package init(whole network: Network) {
    self.network = network
    stretches = [Stretch(steps: network.steps[...], entry: nil)]
  }

  /// Computes a batch's loss, of which the last stretch is recorded.
  ///
  /// - Parameters:
  ///   - batch: One tensor `[N, shape…]` for each input feature, by name.
  ///   - parameters: The network's parameters; the running statistics are updated.
  ///   - scope: Runs the computation of a stretch in the precision that is wanted.
  ///   - loss: The mean loss, given the outputs in their order.
  package func loss(
    for batch: [String: Tensor], _ parameters: Parameters, _ mode: ForwardMode,
    in scope: @escaping (() throws -> Tensor) throws -> Tensor,
    _ loss: ([Tensor]) throws -> Tensor
  ) throws -> CheckpointedLoss {
    var entries: [Tensor?] = [nil]
    for (stretch, next) in zip(stretches, stretches.dropFirst()) {
      let value = try withoutGradients {
        try scope {
          try network.values(
            of: stretch, from: entries.last ?? nil, batch, parameters, mode,
            wanted: [next.entry ?? ""])[0]
        }
      }
      entries.append(try value.detach())
    }
    let last = stretches.count - 1
    let entry = try leaf(entries[last], before: last, parameters)
    let value = try scope {
      try loss(
        network.values(
          of: stretches[last], from: entry, batch, parameters, mode, wanted: network.outputs))
    }
    return CheckpointedLoss(value: value) { [entries] total in
      try total.backward()
      guard var seed = try entry?.gradient() else { return }
      // Statistics have moved; what moves in the second pass is thrown away.
      let parameters = try withoutGradients { try self.copyingStatistics(parameters) }
      for index in (0..<last).reversed() {
        let entry = try leaf(entries[index], before: index, parameters)
        let value = try scope {
          try network.values(
            of: stretches[index], from: entry, batch, parameters, mode,
            wanted: [stretches[index + 1].entry ?? ""])[0]
        }
        try value.backward(seed: seed)
        guard let next = try entry?.gradient() else { return }
        seed = next
      }
    }
  }

  /// A stretch's first value as where its gradients end, which are asked for where something before it learns.
  private func leaf(
    _ value: Tensor?, before index: Int, _ parameters: Parameters
  ) throws -> Tensor? {
    guard let value else { return nil }
    let learns = stretches[..<index].contains { stretch in
      stretch.steps.contains { step in
        [step.norm, step.node].compactMap { $0 }.flatMap(network.specs(of:)).contains {
          parameters[$0.name]?.requiresGradient ?? false
        }
      }
    }
    let leaf = try value.detach()
    return learns ? try leaf.requireGradient() : leaf
  }

  private func copyingStatistics(_ parameters: Parameters) throws -> Parameters {
    var copied = parameters
    for spec in network.parameterSpecs where spec.role == .buffer {
      copied[spec.name] = try parameters[spec.name]?.clone()
    }
    return copied
  }
}

/// A loss whose gradients are found stretch by stretch.
package struct CheckpointedLoss {
  package let value: Tensor
  private let pass: (Tensor) throws -> Void

  fileprivate init(value: Tensor, _ pass: @escaping (Tensor) throws -> Void) {
    self.value = value
    self.pass = pass
  }

  /// Adds the gradients to those of the parameters, once.
  ///
  /// - Parameter total: The value, or what was made of it.
  package func backward(from total: Tensor) throws { try pass(total) }
}
