internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import Workers

/// What the stage reads and writes in the user's folder.
extension StageExecution {
  /// Has what the stage writes beside its artifact as this result left it.
  func putBackFiles(of result: StageResult) async throws {
    guard !instance.settings.written.isEmpty else { return }
    let standing = try written.standing(against: try store.manifest(of: result.output))
    guard standing.isOutdated else { return }
    let locks = try OutputLocks(of: instance, in: store)
    try await locks.take { context.events.send(.stageWaits(instance.address)) }
    try putBack(written, standing, of: instance)
    withExtendedLifetime(locks) {}
  }

  /// Has what stages before left in the folder as they left it, and keeps it so until the locks go.
  ///
  /// - Parameter alone: Whether the stage's own outputs are left out.
  func hold(
    _ sources: [StageInstance], alone: Bool = false
  ) async throws -> (files: UpstreamFiles, locks: OutputLocks) {
    let results = context.read { state in
      sources.compactMap { source in state.upstream.outputs[source.address].map { (source, $0) } }
    }
    let files = UpstreamFiles(
      of: instance,
      try results.map { source, output in
        UpstreamFiles.Source(instance: source, artifact: try store.manifest(of: output))
      }, store: store, digests: context.files)
    var changed: Set<String> = []
    while true {
      var locks = try OutputLocks(
        of: alone ? nil : instance, reading: files.sources.map(\.instance), puttingBack: changed,
        in: store)
      try await locks.take { context.events.send(.stageWaits(instance.address)) }
      let incomplete = try files.incomplete()
      let unforeseen = Set(incomplete.map(\.source.instance.address)).subtracting(changed)
      if unforeseen.isEmpty {
        for (source, standing) in incomplete {
          try putBack(files.outputs(of: source), standing, of: source.instance)
          try locks.share(source.instance)
        }
        return (files, locks)
      }
      // To put files back takes them alone.
      try locks.release()
      changed.formUnion(unforeseen)
    }
  }

  private func putBack(
    _ outputs: WorkspaceOutputs, _ standing: OutputDifferences, of owner: StageInstance
  ) throws {
    let putBack = try outputs.putBack(standing, for: context.record.id)
    context.events.send(.filesPutBack(owner.address, paths: putBack.paths))
    if let warning = putBack.warning { receive(.warning(warning)) }
  }

  var written: WorkspaceOutputs {
    WorkspaceOutputs(of: instance, store: store, digests: context.files)
  }

  /// Refuses a result whose key speaks of other files than those that are there at the end.
  func refuseChange(of files: [String: Digest]) throws {
    guard !files.isEmpty else { return }
    let now = try context.files.digests(readBy: instance, in: context.graph)
    let changed = Set(files.keys).union(now.keys).filter { files[$0] != now[$0] }.sorted()
    guard !changed.isEmpty else { return }
    throw Diagnostic(
      "\(OutputDifferences.listing(changed)) changed while stage '\(instance.address)' ran, which may "
        + "have read either version", at: instance.range,
      remedy: "let nothing write to what it reads, and run again")
  }
}
