internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import Workers

/// What is left to do once every stage has ended: the lock file, the records and the report.
///
/// Each is tried whatever became of the others, and what fails is told with the summary.
struct RunEnding {
  let context: RunContext
  let wasCancelled: Bool

  private var request: RunRequest { context.request }
  private var graph: PipelineGraph { context.graph }

  func conclude() -> RunSummary {
    context.journal.drain()
    context.freeTemporaryFiles()
    attempt { try context.files.save() }
    attempt { try removeUsedCheckpoints() }
    var lockPath: String?
    if request.updatesLock {
      let state = context.snapshot
      attempt {
        lockPath = try LockUpdate(request)
          .write(
            state.outcomes.filter { !state.provisional.contains($0.key) },
            dropping: state.upstream.skipped)
        if lockPath != nil, status == .succeeded { try stamp(state) }
      }
    }
    var record = context.record
    let finished = Date()
    record.finished = finished
    record.status = status
    record.environment.git = context.sources.answer()
    record.problems = context.snapshot.problems.all
    var reportPath: String?
    attempt { reportPath = try writeReport(record) }
    attempt {
      try context.ledger.finish(
        record.id, status, at: finished, problems: context.snapshot.problems.all)
    }
    let state = context.snapshot
    return RunSummary(
      id: record.id, pipeline: record.pipeline, status: status,
      stages: graph.instances.map { instance in
        RunSummary.Stage(
          address: instance.address, outcome: state.outcomes[instance.address] ?? .cancelled,
          reason: state.reasons[instance.address])
      },
      problems: state.problems, seconds: (ContinuousClock.now - context.begun) / .seconds(1),
      reportPath: reportPath, lockPath: lockPath)
  }

  /// Writes the page about the run, where the request tells how one is made, and returns its path.
  private func writeReport(_ record: RunRecord) throws -> String? {
    guard let page = request.page else { return nil }
    let text = page(record, graph.instances.map { context.stageRecord(of: $0) })
    let path = request.store.layout.report(of: record.id)
    // Written among the temporary files, so that nothing unfinished stays where a run is killed.
    let draft = try request.store.temporaryDirectory() + "/report.html"
    try Folder.replaceFile(draft, with: Array(text.utf8))
    try Folder.create(path.parentPath)
    try Folder.rename(draft, to: path)
    return path
  }

  private var status: RunStatus {
    let state = context.snapshot
    let isIncomplete = state.outcomes.values.contains { outcome in
      if case .cancelled = outcome { true } else { false }
    }
    if wasCancelled, isIncomplete { return .cancelled }
    if state.differsFromLock { return .differed }
    let hasFailed = state.outcomes.values.contains { outcome in
      if case .failed = outcome { true } else { false }
    }
    return hasFailed || state.problems.hasErrors ? .failed : .succeeded
  }

  /// Removes the checkpoints of results that are recorded, which a process that was killed in between
  /// left behind.
  private func removeUsedCheckpoints() throws {
    let layout = request.store.layout
    let left = try Folder.names(in: layout.checkpoints)
    guard !left.isEmpty else { return }
    for result in context.snapshot.outcomes.values.compactMap(\.result)
    where left.contains(result.key.hex) {
      let lock = try request.store.lock(for: result.key)
      if try lock.tryLock() { try Folder.remove(layout.checkpoints(for: result.key)) }
    }
  }

  /// Spares the next run reading the lock file, where it finds everything as it is now.
  private func stamp(_ state: RunState) throws {
    let standings = graph.instances.map { instance in
      let result = state.outcomes[instance.address]?.result
      return LockStamp.Standing(
        address: instance.address, key: result?.key, output: result?.output)
    }
    try LockStamp(
      standings, path: PipelineFile.absolute(request.lockPath), in: request.store
    ).set()
  }

  private func attempt(_ work: () throws -> Void) {
    do { try work() } catch { context.note(error) }
  }
}
