import Network
import Options
import Tensor
import YAML

extension Trainer {
  private var checkpoints: CheckpointFolder? {
    get throws {
      try execution.checkpoints.map { path in
        CheckpointFolder(path, signature: signature, numerics: try execution.numerics())
      }
    }
  }

  /// Keeps the state as it is.
  func save() throws {
    try checkpoints?.save(
      Checkpoint(
        progress: progress, parameters: parameters, optimizer: optimizer.state, average: average,
        best: best))
  }

  /// Takes up the state that an earlier attempt left, if there is one.
  func restore() throws {
    guard let saved = try checkpoints?.latest(log: execution.observer.log) else { return }
    try withoutGradients {
      for (name, tensor) in parameters {
        try tensor.copy(from: saved.parameters.tensor(name))
      }
      for (name, tensor) in average ?? [:] {
        try tensor.copy(from: (saved.average ?? [:]).tensor(name))
      }
      try optimizer.restore(saved.optimizer, step: saved.progress.steps)
    }
    best = try saved.best?.placed(for: execution)
    progress = saved.progress
    // Whoever heard of them may have been killed before it kept them.
    for measurement in progress.measurements ?? [] { execution.observer.measured(measurement) }
    execution.observer.log("continues after \(CheckpointPlace(progress))")
  }

  /// What tells this training from another one in the same place.
  private var signature: String {
    var value: Value = [
      "network": graph.value, "recipe": recipe.value, "seed": .string("\(execution.seed)"),
      "frozen": .array(frozen.sorted().map(Value.string)),
    ]
    if !rates.isEmpty { value["rates"] = .object(rates.mapValues(Value.double)) }
    return value.canonicalJSON
  }
}
