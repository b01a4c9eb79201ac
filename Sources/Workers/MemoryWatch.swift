internal import Dispatch
internal import Processes
internal import Synchronization

/// Looks again and again at how much memory a worker and all that it started hold.
///
/// Looking is what works everywhere: a limit on address space stops libraries that map or reserve far
/// more than they hold, and a control group needs rights that few users have. What is held for less
/// than the time between two looks may go unseen.
final class MemoryWatch: Sendable {
  private static let interval = DispatchTimeInterval.milliseconds(50)

  private let queue = DispatchQueue(label: "anneal.memory")

  /// Whether it looks, and which of its starts that is due to.
  private let state = Mutex((isOn: false, starts: 0))

  /// Calls `onExcess` with the bytes held once they are more than the limit.
  func start(over worker: ChildProcess, limit: Int, onExcess: @escaping @Sendable (Int) -> Void) {
    let session = ProcessSession(worker.identifier)
    let start = state.withLock { state in
      state = (true, state.starts + 1)
      return state.starts
    }
    queue.async { self.look(session, limit, start, onExcess) }
  }

  /// Looks no more.
  func stop() { state.withLock { $0.isOn = false } }

  private func look(
    _ session: ProcessSession, _ limit: Int, _ start: Int,
    _ onExcess: @escaping @Sendable (Int) -> Void
  ) {
    guard isOn(start) else { return }
    let held = session.heldMemory(enough: limit)
    if held > limit, isOn(start) {
      stop()
      return onExcess(held)
    }
    queue.asyncAfter(deadline: .now() + Self.interval) { [weak self] in
      self?.look(session, limit, start, onExcess)
    }
  }

  private func isOn(_ start: Int) -> Bool { state.withLock { $0.isOn && $0.starts == start } }
}
