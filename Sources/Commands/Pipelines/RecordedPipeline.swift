internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import Running

/// The results of a pipeline's stages: as they are written now where the store's records know that,
/// otherwise as the lock file has it.
///
/// The two differ after a locked run elsewhere, where a stage that times itself left another artifact
/// than the one that is locked.
struct RecordedPipeline {
  let graph: PipelineGraph
  private let store: Store

  /// The line that runs the pipeline as it was read.
  let runLine: String
  private let results: [String: LockFile.Stage]

  /// - Parameters:
  ///   - loading: how the pipeline was read.
  ///   - name: the store's folder, or `nil` for the one beside the pipeline.
  init(_ locked: LockedPipeline, _ loading: PipelineLoading, store name: String?) throws {
    graph = locked.graph
    runLine = Invocation(overrides: loading.overrides, profiles: loading.profiles)
      .runLine(of: graph.file)
    let root = PipelinePath.store(named: name, beside: graph.file)
    // Values that were set from outside are not what the lock file is about.
    let stages = loading.overrides.isEmpty ? locked.lock?.stages ?? [:] : [:]
    results = try Self.results(of: graph, stages, in: root)
    guard !results.isEmpty else {
      throw Diagnostic("'\(graph.file)' has not run yet", remedy: "run it: \(runLine)")
    }
    store = try Store(opening: root)
  }

  private static func results(
    of graph: PipelineGraph, _ locked: [String: LockFile.Stage], in root: String
  ) throws -> [String: LockFile.Stage] {
    var results = locked.filter { graph[$0.key] != nil }
    let store = try Store(inspecting: root)
    guard let ledger = try Ledger(inspecting: store) else { return results }
    let statuses = try StatusQuery(graph, store: store, ledger: ledger).stages()
    let known = try ledger.results(
      for: statuses.compactMap(\.key) + results.values.map(\.key)
    )
    for status in statuses {
      let locked = results[status.address]
      if let locked, status.key == nil, store.contains(locked.output) { continue }
      guard let result = (status.key ?? locked?.key).flatMap({ known[$0] }),
        let instance = graph[status.address],
        store.artifact(result.output, of: instance) != nil
      else { continue }
      results[status.address] = try LockFile.Stage(of: result, nil, in: store)
    }
    return results
  }

  subscript(address: String) -> LockFile.Stage? { results[address] }

  /// The instances that have run, in the order of the graph.
  var instances: [StageInstance] {
    graph.instances.filter { results[$0.address] != nil }
  }

  /// Whether temporary files of a stage's artifact are gone.
  func isFreed(_ instance: StageInstance) -> Bool {
    results[instance.address].map { store.isFreed($0.output, of: instance) } ?? false
  }

  /// The folder of a stage's artifact, whose files may be read only.
  func folder(of address: String) throws(Diagnostic) -> String {
    guard let recorded = results[address] else {
      throw Diagnostic("stage '\(address)' has not run yet", remedy: "run it: \(runLine)")
    }
    guard store.contains(recorded.output) else {
      throw Diagnostic(
        "the artifact of stage '\(address)' is not in the store '\(store.root)'",
        remedy: "make it again: \(runLine)")
    }
    return try store.checkOut(recorded.output)
  }
}
