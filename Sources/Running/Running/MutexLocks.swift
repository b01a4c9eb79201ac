internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// A stage's place in its groups, of which only one stage runs at a time in all the runs of a store.
struct MutexLocks {
  private let locks: [(group: String, lock: NameLock)]

  init(of instance: StageInstance, in store: Store) throws(Diagnostic) {
    // All processes take them in the same order.
    locks = try instance.requests.mutexes.sorted().map { group throws(Diagnostic) in
      (group, try store.mutexLock(for: group))
    }
  }

  /// Takes one after the other, waiting in a way that can be cancelled.
  ///
  /// - Parameter onWait: is told once for each group that there is something to wait for.
  func take(onWait: (String) -> Void) async throws {
    for (group, lock) in locks where try !lock.tryLock() {
      onWait(group)
      repeat {
        try await Task.sleep(for: .milliseconds(50))
      } while try !lock.tryLock()
    }
  }
}
