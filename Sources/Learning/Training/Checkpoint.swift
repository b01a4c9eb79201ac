import Network
import Tensor
import YAML

/// The state of a training after an epoch or a step of one, from which a killed run can go on.
///
/// Everything that the next step depends on is in it; randomness follows from the seed, the epoch and the
/// batch. A training that goes on from a checkpoint ends with the same bits as one that was not
/// interrupted.
struct Checkpoint {
  var progress: TrainingProgress
  var parameters: Parameters
  var optimizer: [String: Tensor]
  var average: Parameters?
  var best: Parameters?

  init(
    progress: TrainingProgress, parameters: Parameters, optimizer: [String: Tensor],
    average: Parameters?, best: Parameters?
  ) {
    self.progress = progress
    self.parameters = parameters
    self.optimizer = optimizer
    self.average = average
    self.best = best
  }

  /// Writes the state into one file.
  func write(to path: String, numerics: String) throws {
    var tensors: [String: Tensor] = [:]
    for (prefix, group) in [
      ("parameters", parameters), ("optimizer", optimizer), ("average", average ?? [:]),
      ("best", best ?? [:]),
    ] {
      for (name, tensor) in group { tensors["\(prefix)/\(name)"] = try tensor.detach() }
    }
    let metadata = [
      "numerics": numerics, "progress": try Value(encoding: progress).canonicalJSON,
    ]
    try SafeTensors.write(tensors, metadata: metadata, to: path)
  }

  /// Reads a state.
  init(_ file: SafeTensors) throws {
    progress = try Value(parsingJSON: file.metadata["progress"] ?? "")
      .decoded(as: TrainingProgress.self, from: "a checkpoint")
    var groups: [String: [String: Tensor]] = [:]
    for name in file.names {
      let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      groups[parts[0], default: [:]][parts[1]] = try file.tensor(name).clone()
    }
    parameters = groups["parameters"] ?? [:]
    optimizer = groups["optimizer"] ?? [:]
    average = groups["average"]
    best = groups["best"]
  }
}
