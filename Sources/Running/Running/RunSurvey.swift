internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import Workers

/// What a run finds before anything is started: the stages that are wanted and how each stands.
struct RunSurvey {
  let graph: PipelineGraph
  let forced: Set<String>
  let files: FileDigests

  /// The stages that are up to date although temporary files of theirs are gone.
  let freed: Set<String>

  /// In the order of the graph; empty for a run that is held against the lock file, which looks at
  /// every stage by itself.
  let statuses: [StageStatus]

  /// What was put back for stages that are up to date, in the order in which it was done.
  private(set) var putBack: [WorkspaceOutputs.PutBack] = []

  /// Looks at everything, and puts back what stages that are up to date write beside their artifacts,
  /// because others may read it there.
  ///
  /// - Parameter id: of the run, which names the folder of what is set aside.
  init(_ request: RunRequest, ledger: Ledger, id: String) throws(Diagnostic) {
    graph = try request.graph.selected(by: request.selection)
    forced = try request.forced(in: graph)
    if let digests = request.digests {
      files = digests
    } else {
      files = try FileDigests(cache: request.store.layout.digests)
    }
    let query = try StatusQuery(
      graph, store: request.store, ledger: ledger, files: files, forced: forced)
    guard !request.isLocked else {
      statuses = []
      let mayLack = TemporaryFiles.exist(in: graph)
      freed = mayLack ? Set(try query.stages().filter(\.isFreed).map(\.address)) : []
      return
    }
    var statuses = try query.stages()
    // What reads a file that is put back can only be judged afterwards.
    while let first = statuses.first(where: \.written.isOutdated) {
      let before = statuses.map(\.written)
      for (instance, status) in zip(graph.instances, statuses) where status.written.isOutdated {
        let locks = try OutputLocks(of: instance, in: request.store)
        try locks.take()
        defer { withExtendedLifetime(locks) {} }
        putBack.append(
          try WorkspaceOutputs(of: instance, store: request.store, digests: files)
            .putBack(status.written, for: id))
      }
      statuses = try query.stages()
      guard statuses.map(\.written) != before else {
        throw Diagnostic(
          "the files of stage '\(first.address)' change while they are put back",
          remedy: "let nothing else write to \(OutputDifferences.listing(first.written.changing))")
      }
    }
    self.statuses = statuses
    freed = Set(statuses.filter(\.isFreed).map(\.address))
  }

  /// Whether there is nothing that a run would do.
  var isSettled: Bool {
    statuses.count == graph.instances.count
      && statuses.allSatisfy { $0.isFresh || $0.state == .skipped }
  }
}
