internal import Artifacts
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

/// How things stood before a job was given to a worker, to tell later what the job changed.
struct AttemptStart: Sendable {
  let logSize: Int
  let memoryKills: Int?

  init(log: String) {
    logSize = (try? FileStatus(of: log, following: true))?.size ?? 0
    memoryKills = MemoryKills.count()
  }
}

/// How many processes this machine's kernel has killed for lack of memory.
enum MemoryKills {
  /// The count since the machine started, or `nil` where the kernel does not tell.
  static func count() -> Int? {
    guard let bytes = try? Folder.contents(of: "/proc/vmstat") else { return nil }
    let name = Array("oom_kill ".utf8)
    let line = bytes.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: name) }
    return line.flatMap { Int(String(decoding: $0.dropFirst(name.count), as: UTF8.self)) }
  }
}

/// A worker that waited for a job was gone before it took up the one that it was given.
struct WorkerNotReady: Error {
  let cause: WorkerFailure
}
