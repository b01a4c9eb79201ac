internal import Synchronization

/// Tells work that goes on elsewhere that nobody wants its result any more.
final class Cancellation: Sendable {
  private let cancelled = Atomic(false)

  var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  func cancel() { cancelled.store(true, ordering: .relaxed) }
}
