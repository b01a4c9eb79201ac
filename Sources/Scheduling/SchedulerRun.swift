internal import Dispatch
internal import Synchronization

/// One run of a schedule: starts what may start and brings endings back, on Dispatch.
///
/// All changes to the schedule and all calls of the observer happen on one serial queue, and each
/// body runs on a queue of its own.
final class SchedulerRun<ID: Hashable & Sendable>: Sendable {
  private struct State {
    var schedule: Schedule<ID>
    var attempts: [Int: Cancellation] = [:]
    var isFinished = false
  }

  private let state: Mutex<State>
  private let coordinator = DispatchQueue(label: "anneal.scheduler")
  private let observer: @Sendable (SchedulerEvent<ID>) -> Void
  private let body: @Sendable (ID, Attempt) async throws -> Verdict
  private let completion: @Sendable ([ID: Outcome<ID>]) -> Void

  init(
    _ schedule: Schedule<ID>, observer: @escaping @Sendable (SchedulerEvent<ID>) -> Void,
    body: @escaping @Sendable (ID, Attempt) async throws -> Verdict,
    completion: @escaping @Sendable ([ID: Outcome<ID>]) -> Void
  ) {
    state = Mutex(State(schedule: schedule))
    self.observer = observer
    self.body = body
    self.completion = completion
  }

  func begin(_ cancellation: Cancellation) {
    cancellation.onCancel { [weak self] reason in
      guard let self else { return }
      coordinator.async { self.stop(reason) }
    }
    coordinator.async { self.advance() }
  }

  private func stop(_ reason: Cancellation.Reason) {
    let running = state.withLock { state in
      state.schedule.stop()
      return state.attempts.sorted { $0.key < $1.key }.map(\.value)
    }
    for attempt in running { attempt.cancel(reason) }
    advance()
  }

  /// Starts what can start, tells the observer what happened, and completes after the last ending.
  private func advance() {
    let (starts, events, outcomes) = state.withLock { state in
      let starts = state.schedule.takeStartable().map { start in
        let cancellation = Cancellation()
        let attempt = Attempt(
          number: start.attempt, cancellation: cancellation,
          clock: AttemptClock(limit: start.task.timeout, of: cancellation, on: coordinator))
        state.attempts[start.index] = attempt.cancellation
        return (index: start.index, task: start.task, attempt: attempt)
      }
      let isOver = state.schedule.isFinished && !state.isFinished
      state.isFinished = state.isFinished || isOver
      return (starts, state.schedule.takeEvents(), isOver ? state.schedule.result : nil)
    }
    for event in events { observer(event) }
    for start in starts { launch(start.index, start.task, start.attempt) }
    if let outcomes { completion(outcomes) }
  }

  private func launch(_ index: Int, _ task: ScheduledTask<ID>, _ attempt: Attempt) {
    attempt.clock.start()
    let work = Task(executorPreference: TaskQueue()) {
      let result: Result<Verdict, any Error>
      do { result = .success(try await self.body(task.id, attempt)) } catch {
        result = .failure(error)
      }
      self.coordinator.async { self.finish(index, result, attempt.cancellation.reason) }
    }
    attempt.cancellation.onCancel { _ in work.cancel() }
  }

  private func finish(
    _ index: Int, _ result: Result<Verdict, any Error>, _ reason: Cancellation.Reason?
  ) {
    state.withLock { state in
      state.attempts[index] = nil
      state.schedule.finish(index, result, cancelled: reason)
    }
    advance()
  }
}

/// Runs the asynchronous body of one attempt on a serial Dispatch queue of its own.
///
/// Dispatch backs such a queue with a thread whenever it has work, so a body may block, on a file or
/// a lock, without keeping other tasks from going on.
final class TaskQueue: TaskExecutor {
  private let queue = DispatchQueue(label: "anneal.task")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
