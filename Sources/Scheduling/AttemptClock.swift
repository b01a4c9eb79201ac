internal import Dispatch
internal import Synchronization

/// Ends an attempt that takes longer than it may. It runs from the attempt's start, unless the attempt
/// says that its work has not begun yet.
package final class AttemptClock: Sendable {
  private let limit: Duration?
  private let cancellation: Cancellation
  private let queue: DispatchQueue

  /// Counts the starts and pauses, so that an alarm knows whether it is still meant.
  private let turn = Mutex(0)

  init(limit: Duration?, of cancellation: Cancellation, on queue: DispatchQueue) {
    self.limit = limit
    self.cancellation = cancellation
    self.queue = queue
  }

  /// Counts the time from now on.
  package func start() {
    guard let limit else { return }
    let own = next()
    queue.asyncAfter(deadline: .now() + limit.dispatchInterval) {
      guard self.turn.withLock({ $0 == own }) else { return }
      self.cancellation.cancel(.timedOut(after: limit))
    }
  }

  /// Counts no time until the next start, because the attempt waits for something.
  package func pause() { _ = next() }

  private func next() -> Int {
    turn.withLock { turn in
      turn += 1
      return turn
    }
  }
}

extension Duration {
  /// The same length for Dispatch, which counts nanoseconds.
  fileprivate var dispatchInterval: DispatchTimeInterval {
    let (seconds, attoseconds) = components
    let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow, let count = Int(exactly: nanoseconds) else { return .never }
    let (sum, isTooLong) = count.addingReportingOverflow(Int(attoseconds / 1_000_000_000))
    return isTooLong ? .never : .nanoseconds(sum)
  }
}
