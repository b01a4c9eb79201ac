package import Network
package import YAML

/// What a training leaves: the network, its tensors on the CPU, and how it went.
package struct TrainingResult: Sendable {
  package var network: WeightedNetwork
  package var progress: TrainingProgress

  /// How the training went, for `metrics.json`.
  ///
  /// - Parameter measure: What the losses measure, in words.
  package func metrics(measuring measure: String) -> Value {
    metrics(measuring: (measure, measure))
  }

  /// The same where the validation loss measures something else than that of the training.
  package func metrics(measuring measures: (training: String, validation: String)) -> Value {
    var members: [String: Value] = [
      "epochs": .int(progress.epochs), "steps": .int(progress.steps),
      "training-loss": .array(progress.trainingLosses.map(Value.double)),
    ]
    if !progress.validationLosses.isEmpty {
      members["validation-loss"] = .array(progress.validationLosses.map(Value.double))
      if let epochs = progress.validatedEpochs, epochs != Array(1...progress.epochs) {
        members["validated-epochs"] = .array(epochs.map(Value.int))
      }
    }
    members["measures"] = [
      "training": .string(measures.training), "validation": .string(measures.validation),
    ]
    members["best-epoch"] = progress.bestEpoch.map(Value.int)
    return .object(members)
  }
}
