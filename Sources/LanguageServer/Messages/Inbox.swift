internal import Dispatch
internal import Synchronization
internal import YAML

/// What waits to be handled, in the order in which it came; filled by several threads and emptied by one.
final class Inbox<Event: Sendable>: Sendable {
  private struct State {
    var events: [Event] = []

    /// How many of the first events were taken.
    var taken = 0

    /// The requests that the client does not want answered any more.
    var cancelled: Set<Value> = []
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)

  func add(_ event: Event) {
    state.withLock { $0.events.append(event) }
    filled.signal()
  }

  /// The next event, or `nil` where none came in time; without a time it is waited for.
  func next(until deadline: DispatchTime?) -> Event? {
    guard filled.wait(timeout: deadline ?? .distantFuture) == .success else { return nil }
    return state.withLock { state in
      let event = state.events[state.taken]
      state.taken += 1
      if state.taken == state.events.count {
        state.events.removeAll(keepingCapacity: true)
        state.taken = 0
      }
      return event
    }
  }

  /// Marks a request as unwanted even before its turn comes.
  func cancel(_ id: Value) { state.withLock { _ = $0.cancelled.insert(id) } }

  /// Whether a request is unwanted; asked once.
  func takeCancellation(of id: Value) -> Bool {
    state.withLock { $0.cancelled.remove(id) != nil }
  }
}
