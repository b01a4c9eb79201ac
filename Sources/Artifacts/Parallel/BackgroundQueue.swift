internal import Dispatch
internal import Synchronization

/// Work that is done one piece after the other, in the order in which it is given, while whoever gives it
/// goes on; where that is not worthwhile, it is done at once.
package final class BackgroundQueue: Sendable {
  private struct State {
    /// What the pieces hold that wait or are being done.
    var bytes = 0
    var isAwaited = false
  }

  private let queue: DispatchQueue?
  private let mostBytes: Int
  private let state = Mutex(State())

  /// Tells whoever waits for room that a piece is done.
  private let done = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - label: What debuggers and profilers show.
  ///   - isConcurrent: Whether there is a thread for it.
  ///   - mostBytes: What waiting pieces may hold in memory; one piece may hold more. Enough for threads
  ///     that go on for a while, since to fall asleep and be woken takes longer than a small piece.
  package init(_ label: String, isConcurrent: Bool, mostBytes: Int = 32 << 20) {
    queue = isConcurrent ? DispatchQueue(label: label) : nil
    self.mostBytes = mostBytes
  }

  /// Gives work, and waits while that which is waiting holds too much memory. Only one thread may give it.
  package func add(bytes: Int, _ work: @escaping @Sendable () -> Void) {
    guard let queue else { return work() }
    while !take(bytes) { done.wait() }
    queue.async {
      work()
      self.give(bytes)
    }
  }

  /// Waits until all that was given is done.
  package func wait() { queue?.sync {} }

  private func take(_ bytes: Int) -> Bool {
    state.withLock { state in
      let isFree = state.bytes == 0 || state.bytes + bytes <= mostBytes
      if isFree { state.bytes += bytes }
      state.isAwaited = !isFree
      return isFree
    }
  }

  private func give(_ bytes: Int) {
    let isAwaited = state.withLock { state in
      state.bytes -= bytes
      // Half of the room is to be free, so that both sides go on for a while.
      guard state.isAwaited, state.bytes <= mostBytes / 2 else { return false }
      state.isAwaited = false
      return true
    }
    if isAwaited { done.signal() }
  }
}
