internal import Diagnostics
internal import Pipeline
internal import Processes

/// The job that a worker is at, and who wants to hear of it.
struct WorkerAssignment: Sendable {
  let job: StageJob
  let log: String
  let onEvent: @Sendable (WorkerEvent) -> Void
  let completion: @Sendable (Result<WorkerResult, any Error>) -> Void

  private let start: AttemptStart
  private let isReuse: Bool

  /// - Parameter isReuse: whether the worker has waited for the job since an earlier one.
  init(
    _ job: StageJob, log: String, start: AttemptStart, isReuse: Bool,
    onEvent: @escaping @Sendable (WorkerEvent) -> Void,
    completion: @escaping @Sendable (Result<WorkerResult, any Error>) -> Void
  ) {
    self.job = job
    self.log = log
    self.onEvent = onEvent
    self.completion = completion
    self.start = start
    self.isReuse = isReuse
  }

  /// What is told of a job that its worker did not finish.
  ///
  /// - Parameter hasBegun: whether the worker had taken up the job.
  func error(_ failure: WorkerFailure, hasBegun: Bool) -> any Error {
    if isReuse, !hasBegun { return WorkerNotReady(cause: failure) }
    let tail = LogTail(of: log, from: start.logSize)
    if case .overMemory(let held, let limit) = failure {
      return MemoryExceeded(held: held, limit: limit, log: tail)
    }
    return failure.diagnostic(stage: job.stage, log: tail)
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
