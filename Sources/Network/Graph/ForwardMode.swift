package import Tensor

/// How a forward pass runs: to train or to be used.
package struct ForwardMode: Sendable {
  package enum Phase: Sendable {
    /// Running statistics, nothing random.
    case evaluation
    /// Batch statistics, which move the running ones, and dropout drawn from the stream.
    case training(RandomStream)
  }

  package var phase: Phase
  /// Replaces every batch norm's momentum, as re-estimating statistics needs.
  package var batchNormMomentum: Double?

  /// The nodes that run as in evaluation whatever the phase.
  package var frozenNodes: Set<String> = []

  package init(_ phase: Phase, batchNormMomentum: Double? = nil) {
    self.phase = phase
    self.batchNormMomentum = batchNormMomentum
  }

  package static let evaluation = ForwardMode(.evaluation)

  /// Training with randomness that follows from the seed and the path, such as stage, epoch, step.
  package static func training(_ stream: RandomStream) -> ForwardMode {
    ForwardMode(.training(stream))
  }

  package var isTraining: Bool {
    if case .training = phase { true } else { false }
  }

  /// The mode that a node sees: its own branch of the randomness.
  func inside(_ node: String) -> ForwardMode {
    guard case .training(let stream) = phase else { return self }
    if frozenNodes.contains(node) { return .evaluation }
    return ForwardMode(.training(stream.child(.init(node))), batchNormMomentum: batchNormMomentum)
  }
}
