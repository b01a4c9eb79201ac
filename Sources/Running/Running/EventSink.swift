internal import Synchronization

/// Passes the events of a run on one at a time, from whichever thread they come.
final class EventSink: Sendable {
  private let handler: @Sendable (RunEvent) -> Void

  /// Beside the handler and not around it: a mutex wraps a function once more at each access, which
  /// some ten thousand events later leaves no stack to call it on.
  private let turn = Mutex(())

  init(_ handler: @escaping @Sendable (RunEvent) -> Void) {
    self.handler = handler
  }

  func send(_ event: RunEvent) {
    turn.withLock { _ in handler(event) }
  }
}
