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
}
