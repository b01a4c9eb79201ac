import Dataset
import Dispatch
import Synchronization

/// Makes batches in order on a queue of its own, a few ahead of who takes them.
final class Prefetcher: Sendable {
  private struct State: Sendable {
    var ready: [Result<Batch, any Error>] = []
    var isCancelled = false
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - count: How many batches there are.
  ///   - depth: How many may wait to be taken.
  init(count: Int, depth: Int, _ make: @escaping @Sendable (Int) throws -> Batch) {
    for _ in 0..<depth { free.signal() }
    DispatchQueue(label: "anneal.batches").async { [self] in
      for index in 0..<count {
        free.wait()
        if state.withLock({ $0.isCancelled }) { return }
        let batch = Result { try make(index) }
        state.withLock { $0.ready.append(batch) }
        filled.signal()
        if case .failure = batch { return }
      }
    }
  }

  /// The next batch; waits until it is ready. Not to be called more often than there are batches.
  func next() throws -> Batch {
    filled.wait()
    let batch = state.withLock { $0.ready.removeFirst() }
    free.signal()
    return try batch.get()
  }

  /// Lets the queue end before all batches are made.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    free.signal()
  }
}
