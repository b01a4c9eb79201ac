internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// A pipeline together with what its lock file records of the last run.
struct RecordedPipeline {
  let graph: PipelineGraph
  let lock: LockFile
  let store: Store

  /// - Parameter store: the store's folder, or `nil` for the one beside the pipeline.
  init(_ loading: PipelineLoading, store: String?) throws(Diagnostics) {
    let graph = try loading.load().graph
    self.graph = graph
    guard let lock = try LockFile(reading: LockFile.path(for: graph.file)) else {
      throw Diagnostics(
        Diagnostic("'\(graph.file)' has not run yet", remedy: "run it: anneal run \(graph.file)"))
    }
    self.lock = lock
    do throws(Diagnostic) {
      self.store = try Store(
        opening: PipelinePath.store(named: store, beside: graph.file))
    } catch {
      throw Diagnostics(error)
    }
  }

  /// The folder of a stage's artifact, whose files may be read only.
  func folder(of address: String) throws(Diagnostic) -> String {
    guard let recorded = lock.stages[address] else {
      throw Diagnostic(
        "stage '\(address)' has not run yet", remedy: "run it: anneal run \(graph.file)")
    }
    guard store.contains(recorded.output) else {
      throw Diagnostic(
        "the artifact of stage '\(address)' is not in the store '\(store.root)'",
        remedy: "make it again: anneal run \(graph.file)")
    }
    return try store.checkOut(recorded.output)
  }

  /// The instances that leave a kind of artifact and have run.
  func recorded(_ kind: ArtifactKind) -> [StageInstance] {
    graph.instances.filter { $0.settings.output == kind && lock.stages[$0.address] != nil }
  }
}
