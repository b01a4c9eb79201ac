package import Pipeline

/// Where the jobs of a run are done: worker processes, or a stand-in for them.
package protocol JobExecutor: Sendable {
  /// Does one job and returns once its output folder is filled.
  ///
  /// Cancelling the task ends the job, gracefully first.
  ///
  /// - Parameters:
  ///   - log: the file to which the job's log is added.
  ///   - onEvent: hears of events one at a time, none after the return.
  func run(
    _ job: StageJob, log: String, onEvent: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> WorkerResult

  /// Hears, some time before it, that a job of a kind is likely to come, and may get ready for it.
  func expect(_ kind: String, with resources: Resources)

  /// Hears that no further job is likely to come.
  func expectNone()
}

extension JobExecutor {
  package func expect(_ kind: String, with resources: Resources) {}
  package func expectNone() {}
}
