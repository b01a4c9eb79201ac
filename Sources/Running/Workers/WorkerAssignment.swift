internal import Diagnostics
internal import Pipeline

/// The job that a worker is at, and who wants to hear of it.
struct WorkerAssignment: Sendable {
  let job: StageJob
  let log: String
  let onEvent: @Sendable (WorkerEvent) -> Void
  let completion: @Sendable (Result<WorkerResult, any Error>) -> Void

  private let start: AttemptStart

  init(
    _ job: StageJob, log: String, start: AttemptStart,
    onEvent: @escaping @Sendable (WorkerEvent) -> Void,
    completion: @escaping @Sendable (Result<WorkerResult, any Error>) -> Void
  ) {
    self.job = job
    self.log = log
    self.onEvent = onEvent
    self.completion = completion
    self.start = start
  }

  func diagnostic(_ failure: WorkerFailure) -> Diagnostic {
    failure.diagnostic(stage: job.stage, log: LogTail(of: log, from: start.logSize))
  }

  /// The cause that lies in how the process ended.
  func failure(for ending: ChildProcess.Ending) -> WorkerFailure {
    switch ending {
    case .exited(let status): .exited(status)
    case .signalled(let signal):
      .signalled(signal, outOfMemory: signal == 9 && MemoryKills.count() != start.memoryKills)
    }
  }
}
