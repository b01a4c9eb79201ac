package import Network
package import YAML

/// What a training leaves: the network, its tensors on the CPU, and how it went.
package struct TrainingResult: Sendable {
  package var network: WeightedNetwork
  package var progress: TrainingProgress

  /// How the training went, for `metrics.json`.
  ///
  /// - Parameters:
  ///   - training: What the training losses measure, in words.
  ///   - validation: What the validation losses measure.
  package func metrics(measuring training: String, _ validation: String) -> Value {
    var members: [String: Value] = [
      "epochs": .int(progress.epochs), "steps": .int(progress.steps),
      "training-loss": .array(progress.trainingLosses.map(Value.double)),
    ]
    if !progress.validationLosses.isEmpty {
      members["validation-loss"] = .array(progress.validationLosses.map(Value.double))
    }
    members["measures"] = ["training": .string(training), "validation": .string(validation)]
    members["best-epoch"] = progress.bestEpoch.map(Value.int)
    return .object(members)
  }
}
