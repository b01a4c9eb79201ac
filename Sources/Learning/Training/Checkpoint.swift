import Diagnostics
import Foundation
import Network
import Tensor
import YAML

/// The state of a training after an epoch, kept in one file so that a killed run can go on.
///
/// Everything that the next epoch depends on is in it; randomness follows from the seed and the
/// epoch. A training that goes on from a checkpoint ends with the same bits as one that was not
/// interrupted, which is why one that was made with other numerics is not taken up.
struct Checkpoint {
  var progress: TrainingProgress
  var parameters: Parameters
  var optimizer: [String: Tensor]
  var average: Parameters?
  var best: Parameters?

  private static let file = "training.safetensors"

  /// Writes the state, all of it or nothing.
  ///
  /// - Parameters:
  ///   - signature: What the training is, so that another one does not take it up.
  ///   - numerics: What it computes with.
  func write(to directory: String, signature: String, numerics: String) throws {
    var tensors: [String: Tensor] = [:]
    for (prefix, group) in [
      ("parameters", parameters), ("optimizer", optimizer), ("average", average ?? [:]),
      ("best", best ?? [:]),
    ] {
      for (name, tensor) in group { tensors["\(prefix)/\(name)"] = try tensor.detach() }
    }
    let metadata = [
      "signature": signature, "numerics": numerics,
      "progress": try Value(encoding: progress).canonicalJSON,
    ]
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    let partial = URL(filePath: "\(directory)/\(Self.file).partial")
    try SafeTensors.write(tensors, metadata: metadata, to: partial.path)
    let handle = try FileHandle(forUpdating: partial)
    try handle.synchronize()
    try handle.close()
    guard unsafe rename(partial.path, "\(directory)/\(Self.file)") == 0 else {
      throw Diagnostic(
        "cannot write '\(directory)/\(Self.file)': \(unsafe String(cString: strerror(errno)))")
    }
  }

  /// The state that an earlier attempt of the same training left, if there is one.
  ///
  /// A file that cannot be read or belongs to another training is no state.
  init?(from directory: String, signature: String, numerics: String, log: (String) -> Void) {
    let path = "\(directory)/\(Self.file)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      let file = try SafeTensors(reading: path)
      guard file.metadata["signature"] == signature else {
        log("a checkpoint of another training was left alone")
        return nil
      }
      guard file.metadata["numerics"] == numerics else {
        let other = file.metadata["numerics"] ?? "unknown numerics"
        log("a checkpoint was made with \(other), not with \(numerics), and is not used")
        return nil
      }
      progress = try Value(parsingJSON: file.metadata["progress"] ?? "")
        .decoded(as: TrainingProgress.self, from: path)
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
    } catch {
      log("a checkpoint could not be read and is not used: \(error)")
      return nil
    }
  }

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
}
