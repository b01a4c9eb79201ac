internal import Dispatch
internal import Pipeline
internal import Scheduling
internal import Synchronization

/// Jobs on their way from the thread that reads commands to the one that runs them.
final class JobInbox: Sendable {
  struct Entry: Sendable {
    let job: StageJob
    let log: String
    let cancellation: Cancellation
  }

  private struct State {
    var waiting: [Entry] = []
    var latest: Cancellation?
    var isRunning = false
    var isClosed = false
  }

  private let state = Mutex(State())
  private let arrival = DispatchSemaphore(value: 0)

  func add(_ job: StageJob, log: String) {
    state.withLock { state in
      let cancellation = Cancellation()
      state.latest = cancellation
      state.waiting.append(Entry(job: job, log: log, cancellation: cancellation))
    }
    arrival.signal()
  }

  /// Cancels the job that came last.
  ///
  /// - Returns: whether a job is running or waits.
  func cancel() -> Bool {
    let (latest, isBusy) = state.withLock {
      ($0.latest, $0.isRunning || !$0.waiting.isEmpty)
    }
    latest?.cancel()
    return isBusy
  }

  /// Lets `next` return `nil` after the jobs that wait.
  ///
  /// - Returns: whether a job is running or waits.
  func close() -> Bool {
    defer { arrival.signal() }
    return state.withLock { state in
      state.isClosed = true
      return state.isRunning || !state.waiting.isEmpty
    }
  }

  /// Waits for a job; the one before it counts as finished.
  func next() -> Entry? {
    state.withLock { $0.isRunning = false }
    arrival.wait()
    return state.withLock { state in
      guard !state.waiting.isEmpty else { return nil }
      state.isRunning = true
      return state.waiting.removeFirst()
    }
  }
}
