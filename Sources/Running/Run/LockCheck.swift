internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// Holds a run against the lock file.
struct LockCheck: Sendable {
  private let locked: LockFile
  private let path: String

  init(_ locked: LockFile, path: String) {
    self.locked = locked
    self.path = path
  }

  /// The difference that a stage's key makes, if any, known before the stage runs.
  func difference(of instance: StageInstance, key: StageKey) -> Diagnostic? {
    guard let expected = locked.stages[instance.address] else {
      return difference(instance, "is not in '\(path)'")
    }
    guard expected.key != key.digest else { return nil }
    return difference(instance, "has other settings, inputs or files than '\(path)' holds")
  }

  /// The difference that a stage's output makes, if any.
  func difference(of instance: StageInstance, output: Digest) -> Diagnostic? {
    guard let expected = locked.stages[instance.address]?.output, expected != output else {
      return nil
    }
    return difference(
      instance,
      "came to other output: \(expected.short) is in '\(path)', \(output.short) came out")
  }

  /// The stages that are locked and not in the pipeline.
  func differences(from graph: PipelineGraph) -> [Diagnostic] {
    locked.stages.keys.sorted().filter { graph[$0] == nil }.map { address in
      Diagnostic(
        "stage '\(address)' is in '\(path)', but not in the pipeline",
        remedy: "run without --locked to bring the lock file up to date")
    }
  }

  private func difference(_ instance: StageInstance, _ fact: String) -> Diagnostic {
    Diagnostic(
      "stage '\(instance.address)' \(fact)", at: instance.range,
      remedy: "run without --locked to bring the lock file up to date")
  }
}
