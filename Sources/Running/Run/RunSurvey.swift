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

  /// What was put back for stages that are up to date, by address, in the order in which it was done.
  private(set) var putBack: [(address: String, paths: [String])] = []

  /// Looks at everything, and puts back what stages that are up to date write beside their artifacts,
  /// because others may read it there.
  init(_ request: RunRequest, ledger: Ledger) throws(Diagnostic) {
    graph = try request.graph.selected(by: request.selection)
    forced = try request.forced(in: graph)
    files = try FileDigests(cache: request.store.root + "/digests")
    guard !request.isLocked else {
      statuses = []
      return
    }
    let query = try StatusQuery(
      graph, store: request.store, ledger: ledger, files: files, forced: forced)
    var statuses = try query.stages()
    // What reads a file that is put back can only be judged afterwards.
    while let first = statuses.first(where: \.written.isOutdated) {
      let before = statuses.map(\.written)
      for (instance, status) in zip(graph.instances, statuses) where status.written.isOutdated {
        try WrittenFiles(of: instance, store: request.store, digests: files).put(status.written)
        putBack.append((instance.address, status.written.changing))
      }
      statuses = try query.stages()
      guard statuses.map(\.written) != before else {
        throw Diagnostic(
          "the files of stage '\(first.address)' change while they are put back",
          remedy: "let nothing else write to \(WrittenStanding.listing(first.written.changing))")
      }
    }
    self.statuses = statuses
  }

  /// What is said of files that somebody else wrote where stages write, by address.
  var warnings: [(address: String, warning: Diagnostic)] {
    zip(graph.instances, statuses).compactMap { instance, status in
      status.written.warning(about: instance).map { (instance.address, $0) }
    }
  }

  /// Whether there is nothing that a run would do.
  var isSettled: Bool {
    statuses.count == graph.instances.count
      && statuses.allSatisfy { $0.isFresh || $0.state == .skipped }
  }
}
