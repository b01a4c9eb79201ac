internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// What a run finds before anything is started: the stages that are wanted and how each stands.
struct RunSurvey {
  let graph: PipelineGraph
  let forced: Set<String>
  let files: FileDigests

  /// In the order of the graph; empty for a run that is held against the lock file, which looks at
  /// every stage by itself.
  let statuses: [StageStatus]

  init(_ request: RunRequest, ledger: Ledger) throws(Diagnostic) {
    graph = try request.graph.selected(by: request.selection)
    forced = try request.forced(in: graph)
    files = try FileDigests(cache: request.store.root + "/digests")
    guard !request.isLocked else {
      statuses = []
      return
    }
    statuses = try StatusQuery(
      graph, store: request.store, ledger: ledger, files: files, forced: forced
    ).stages()
  }

  /// Whether there is nothing that a run would do.
  var isSettled: Bool {
    statuses.count == graph.instances.count
      && statuses.allSatisfy { $0.isFresh || $0.state == .skipped }
  }
}
