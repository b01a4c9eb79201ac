internal import Synchronization

/// Passes the events of a run on one at a time, from whichever thread they come.
final class EventSink: Sendable {
  private let handler: Mutex<@Sendable (RunEvent) -> Void>

  init(_ handler: @escaping @Sendable (RunEvent) -> Void) {
    self.handler = Mutex(handler)
  }

  func send(_ event: RunEvent) {
    handler.withLock { $0(event) }
  }
}
