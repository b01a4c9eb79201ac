import Dataset
import Dispatch
import Synchronization
import Tensor

/// Makes batches on queues of its own, a few ahead of who takes them in order.
///
/// Each queue computes with a single thread: there are as many queues as there is work for, and batches do
/// not depend on how many there are.
final class Prefetcher: Sendable {
  private struct State: Sendable {
    /// The next batch to be made.
    var next = 0
    /// The next batch to be taken.
    var taken = 0
    var ready: [Int: Result<Batch, any Error>] = [:]
    var isCancelled = false
  }

  private let count: Int
  private let state = Mutex(State())
  /// Tells that the batch of a place, modulo the depth, is ready.
  private let filled: [DispatchSemaphore]
  private let free = DispatchSemaphore(value: 0)
  private let queues: Int

  /// - Parameters:
  ///   - count: How many batches there are.
  ///   - depth: How many may be in the making or wait to be taken.
  ///   - queues: How many are made side by side at most.
  init(
    count: Int, depth: Int, queues: Int, _ make: @escaping @Sendable (Int) throws -> Batch
  ) {
    self.count = count
    self.queues = min(queues, depth, count)
    filled = (0..<depth).map { _ in DispatchSemaphore(value: 0) }
    for _ in 0..<depth { free.signal() }
    for _ in 0..<self.queues {
      DispatchQueue(label: "anneal.batches").async { [self] in
        Engine.withSingleThread { work(make) }
      }
    }
  }

  private func work(_ make: (Int) throws -> Batch) {
    while true {
      free.wait()
      let index = state.withLock { state -> Int? in
        guard !state.isCancelled, state.next < count else { return nil }
        state.next += 1
        return state.next - 1
      }
      guard let index else { break }
      let batch = Result { try make(index) }
      state.withLock { $0.ready[index] = batch }
      filled[index % filled.count].signal()
      if case .failure = batch { break }
    }
    // Whoever else waits is to find the end, too.
    free.signal()
  }

  /// The next batch; waits until it is ready. Not to be called more often than there are batches, nor after
  /// it threw.
  func next() throws -> Batch {
    let index = state.withLock { state in
      state.taken += 1
      return state.taken - 1
    }
    filled[index % filled.count].wait()
    let batch = state.withLock { $0.ready.removeValue(forKey: index) }
    free.signal()
    guard let batch else { preconditionFailure("a batch is taken once") }
    return try batch.get()
  }

  /// Lets the queues end before all batches are made.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    free.signal()
  }
}
