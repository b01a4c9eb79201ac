internal import Artifacts
package import Pipeline
internal import Synchronization

/// Worker processes that are started as jobs need them and used again where the environment agrees.
///
/// A job whose memory is limited gets a worker of its own, so that it does not answer for what earlier
/// jobs left in memory.
package final class WorkerPool: Sendable {
  private struct State {
    /// Workers without a job, the one that waits longest first.
    var idle: [(environment: WorkerEnvironment, worker: WorkerProcess)] = []
    /// Every worker whose process has not ended.
    var living: [ObjectIdentifier: WorkerProcess] = [:]
    /// Whether any worker was started.
    var hasBegun = false
    var isShutDown = false
  }

  /// Idle workers hold libraries and caches in memory, so only so many are kept.
  private static var mostIdle: Int { 4 }

  private let launch: WorkerLaunch
  private let state = Mutex(State())

  package init(launch: WorkerLaunch) {
    self.launch = launch
  }

  deinit {
    for entry in state.withLock({ $0.idle }) { entry.worker.retire() }
  }

  /// Runs one job in a worker, or in a group of them where its resources have several ranks, reusing
  /// idle ones with the same environment.
  ///
  /// Cancelling the task asks the workers to stop, and kills them after the launch's grace.
  ///
  /// - Parameters:
  ///   - log: the file to which the job's output is added, made where needed.
  ///   - onEvent: hears of events one at a time and in order, none after the return.
  /// - Throws: `Diagnostics` that the stage reported, a `Diagnostic` with the cause and the end of
  ///   the log where the worker did not finish the job, or `CancellationError`.
  package func run(
    _ job: StageJob, log: String, onEvent: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> WorkerResult {
    try await WorkerGroup(for: job, log: log).run { member in
      guard member.isSpeaker else { return try await self.run(member) { _ in } }
      return try await self.run(member, onEvent: onEvent)
    }
  }

  private func run(
    _ member: WorkerGroup.Member, onEvent: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> WorkerResult {
    let (job, log) = (member.job, member.log)
    try Task.checkCancellation()
    try Folder.create(log.parentPath)
    let start = AttemptStart(log: log)
    let environment = WorkerEnvironment(job.resources)
    while true {
      let (worker, isReuse) = try checkOut(environment, isAlone: isAlone(job), log: log)
      let result = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let assignment = WorkerAssignment(
            job, log: log, start: start, isReuse: isReuse, onEvent: onEvent
          ) { result in
            continuation.resume(returning: result)
          }
          worker.assign(assignment)
          // A cancellation before the assignment found nothing to stop.
          if Task.isCancelled { worker.cancel() }
        }
      } onCancel: {
        worker.cancel()
      }
      checkIn(worker, environment, isAlone: isAlone(job))
      do { return try result.get() } catch is WorkerNotReady {
        // It ended while it waited, which is nothing to the job; a new one at the latest has no excuse.
        try Task.checkCancellation()
      }
    }
  }

  /// Starts the pool's first worker, which opens its libraries while the job's inputs are still looked at.
  package func expect(_ kind: String, with resources: Resources) {
    guard resources.memory == nil, resources.ranks ?? 1 == 1 else { return }
    let isFirst = state.withLock { state in
      defer { state.hasBegun = true }
      return !state.hasBegun && !state.isShutDown
    }
    let environment = WorkerEnvironment(resources)
    // A worker that ends before its job is replaced by one with a log, which tells why.
    guard isFirst, let worker = try? WorkerProcess(launch, environment, log: "/dev/null") else {
      return
    }
    keep(worker)
    worker.prepare(for: kind)
    checkIn(worker, environment, isAlone: false)
  }

  /// Lets idle workers leave while whatever is left is done.
  package func expectNone() {
    let idle = state.withLock { state in
      defer { state.idle = [] }
      return state.idle
    }
    for entry in idle { entry.worker.retire() }
  }

  private func isAlone(_ job: StageJob) -> Bool { job.resources.memory != nil }

  /// Ends every worker, running jobs included, and returns once all are gone.
  package func shutDown() async {
    let (living, idle) = state.withLock { state in
      defer { state.idle = [] }
      state.isShutDown = true
      return (Array(state.living.values), state.idle)
    }
    for entry in idle { entry.worker.retire() }
    for worker in living { worker.cancel() }
    for worker in living {
      await withCheckedContinuation { continuation in
        worker.onGone { continuation.resume() }
      }
    }
  }

  private func checkOut(
    _ environment: WorkerEnvironment, isAlone: Bool, log: String
  ) throws -> (worker: WorkerProcess, isReuse: Bool) {
    let reused = try state.withLock { state throws(CancellationError) -> WorkerProcess? in
      if state.isShutDown { throw CancellationError() }
      if isAlone { return nil }
      state.idle.removeAll { !$0.worker.isUsable }
      guard let index = state.idle.lastIndex(where: { $0.environment == environment }) else {
        return nil
      }
      return state.idle.remove(at: index).worker
    }
    if let reused { return (reused, true) }
    let worker = try WorkerProcess(launch, environment, log: log)
    keep(worker)
    return (worker, false)
  }

  /// Counts a worker among the living until it is gone.
  private func keep(_ worker: WorkerProcess) {
    state.withLock { state in
      state.living[ObjectIdentifier(worker)] = worker
      state.hasBegun = true
    }
    worker.onGone { [weak self, weak worker] in
      guard let self, let worker else { return }
      state.withLock { _ = $0.living.removeValue(forKey: ObjectIdentifier(worker)) }
    }
  }

  private func checkIn(_ worker: WorkerProcess, _ environment: WorkerEnvironment, isAlone: Bool) {
    guard worker.isUsable, !isAlone else { return worker.retire() }
    let surplus = state.withLock { state -> WorkerProcess? in
      if state.isShutDown { return worker }
      state.idle.append((environment, worker))
      return state.idle.count > Self.mostIdle ? state.idle.removeFirst().worker : nil
    }
    surplus?.retire()
  }
}

extension WorkerPool: JobExecutor {}
