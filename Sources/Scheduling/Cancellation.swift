internal import Synchronization

/// A request to stop, made once and heard by everyone who registered.
package final class Cancellation: Sendable {
  package enum Reason: Hashable, Sendable {
    case requested
    case timedOut(after: Duration)
  }

  /// Names a handler so that it can be removed.
  package struct Registration: Hashable, Sendable {
    fileprivate let number: Int
  }

  private struct State {
    var reason: Reason?
    var handlers: [Int: @Sendable (Reason) -> Void] = [:]
    var count = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Why it was cancelled, or `nil` while it was not.
  package var reason: Reason? { state.withLock { $0.reason } }

  package var isCancelled: Bool { reason != nil }

  /// Cancels and calls every handler in the order of registration; later calls change nothing.
  package func cancel(_ reason: Reason = .requested) {
    let handlers = state.withLock { state -> [@Sendable (Reason) -> Void] in
      guard state.reason == nil else { return [] }
      state.reason = reason
      defer { state.handlers = [:] }
      return state.handlers.sorted { $0.key < $1.key }.map(\.value)
    }
    for handler in handlers { handler(reason) }
  }

  /// Calls `handler` once on cancellation, at once where it has happened already.
  @discardableResult
  package func onCancel(_ handler: @escaping @Sendable (Reason) -> Void) -> Registration {
    let (registration, reason) = state.withLock { state in
      state.count += 1
      if state.reason == nil { state.handlers[state.count] = handler }
      return (Registration(number: state.count), state.reason)
    }
    if let reason { handler(reason) }
    return registration
  }

  /// Forgets a handler that is not needed any more.
  package func remove(_ registration: Registration) {
    state.withLock { _ = $0.handlers.removeValue(forKey: registration.number) }
  }
}
