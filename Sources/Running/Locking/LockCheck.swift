internal import Artifacts
internal import Diagnostics
internal import Hardware
internal import Pipeline
internal import Records
internal import YAML

/// Holds a run against the lock file.
///
/// A stage that times itself does not leave the same artifact twice. It is held to its key, and, where
/// it made the same choices as before, to the files that hold no times. The stages after it are held to
/// the keys that they would have after the locked artifact.
struct LockCheck: Sendable {
  private let locked: LockFile
  private let path: String
  private let remedy: String

  /// The stages that time themselves, and all that read from them.
  private let varying: Set<String>

  /// - Parameter path: of the lock file.
  init(_ locked: LockFile, at path: String, for graph: PipelineGraph, _ invocation: Invocation) {
    self.locked = locked
    self.path = path
    varying = graph.varying
    remedy =
      invocation.overrides.isEmpty
      ? "run without --locked to bring the lock file up to date"
      : "leave --set out: a lock file holds what the pipeline comes to as it is written"
  }

  /// The difference that a stage's key makes, if any, known before the stage runs.
  ///
  /// - Parameter upstream: the results of the stages before it.
  func difference(
    of stage: ResolvedStage, after upstream: UpstreamResults
  ) -> Diagnostic? {
    let instance = stage.instance
    guard let expected = locked.stages[instance.address] else {
      return difference(instance, "is not in '\(path)'")
    }
    var asLocked = upstream
    for address in instance.dependencies where varying.contains(address) {
      guard let output = locked.stages[address]?.output else { continue }
      asLocked.outputs[address] = output
    }
    guard expected.key != stage.key(after: asLocked).digest else { return nil }
    return difference(instance, "has other settings, inputs or files than '\(path)' holds")
  }

  /// What a locked stage was computed with, where it has this key.
  func numerics(of address: String, key: Digest) throws -> Numerics? {
    guard let stage = locked.stages[address], stage.key == key else { return nil }
    return try StageResult(locked: stage, file: path).numerics
  }

  /// The difference that it makes, if any, that a stage does not run.
  ///
  /// - Parameter reason: why it is skipped.
  func difference(of instance: StageInstance, skippedBecause reason: String) -> Diagnostic? {
    guard locked.stages[instance.address] != nil else { return nil }
    return difference(instance, "is in '\(path)', and is skipped now: \(reason)")
  }

  /// The difference that a stage's output, or what is said of it, makes, if any.
  func difference(
    of instance: StageInstance, result: StageResult, in store: Store
  ) throws(Diagnostic) -> Diagnostic? {
    guard let expected = locked.stages[instance.address] else { return nil }
    guard try !isLocked(result.output, expected, of: instance, in: store) else {
      let changes = varying.contains(instance.address) ? [] : expected.changes(to: result.metrics)
      return changes.isEmpty
        ? nil
        : difference(
          instance,
          "has other metrics than '\(path)' holds: \(changes.joined(separator: ", "))")
    }
    guard varying.contains(instance.address) else {
      return difference(
        instance,
        "came to other output: \(expected.output.short) is in '\(path)', "
          + "\(result.output.short) came out")
    }
    guard let variation = instance.settings.workload.variation,
      instance.dependencies.allSatisfy({ !varying.contains($0) }),
      variation.choice(in: expected.metrics) == variation.choice(in: result.metrics)
    else { return nil }
    let files = try store.manifest(of: result.output).digests(except: variation.files)
    let other = Set(files.keys).union(expected.files.keys).sorted()
      .filter { files[$0] != expected.files[$0] }
    return other.isEmpty || expected.files.isEmpty
      ? nil
      : difference(
        instance, "came to other files than '\(path)' holds: \(other.joined(separator: ", "))")
  }

  /// Whether an output is the one that is locked, be it by a program that kept less of it.
  private func isLocked(
    _ output: Digest, _ expected: LockFile.Stage, of instance: StageInstance, in store: Store
  ) throws(Diagnostic) -> Bool {
    if expected.output == output { return true }
    guard instance.detail == .everything else { return false }
    return try store.manifest(of: output).isCalled(expected.output)
  }

  /// The stages that are locked and not in the pipeline.
  func differences(from graph: PipelineGraph) -> [Diagnostic] {
    locked.stages.keys.sorted().filter { graph[$0] == nil }.map { address in
      Diagnostic(
        "stage '\(address)' is in '\(path)', but not in the pipeline",
        remedy: remedy)
    }
  }

  private func difference(_ instance: StageInstance, _ fact: String) -> Diagnostic {
    Diagnostic(
      "stage '\(instance.address)' \(fact)", at: instance.range,
      remedy: remedy)
  }
}

extension PipelineGraph {
  /// The addresses of the stages that time themselves, and of all that read from them.
  var varying: Set<String> {
    var varying: Set<String> = []
    for instance in instances
    where instance.settings.workload.variation != nil
      || instance.dependencies.contains(where: varying.contains)
    {
      varying.insert(instance.address)
    }
    return varying
  }
}
