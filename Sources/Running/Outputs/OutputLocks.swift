internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// The locks on what a stage writes into the user's folder: two processes that run the same command with
/// other settings would mix their files.
struct OutputLocks {
  private let locks: [NameLock]
  private let instance: StageInstance

  init(of instance: StageInstance, in store: Store) throws(Diagnostic) {
    self.instance = instance
    // All processes take them in the same order.
    locks = try Set(instance.settings.written.map(\.normalized)).sorted()
      .map { path throws(Diagnostic) in
        try store.writingLock(for: PipelineFile.absolute(path.path(in: instance.directory)))
      }
  }

  /// Takes all of them at once, or tells who has one.
  func take() throws(Diagnostic) {
    for lock in locks where try !lock.tryLock() {
      throw Diagnostic(
        "another process runs stage '\(instance.address)', or verifies it, and writes to its outputs",
        at: instance.range, remedy: "run again when it has ended")
    }
  }

  /// Takes one after the other, waiting in a way that can be cancelled.
  ///
  /// - Parameter onWait: is told once that there is something to wait for.
  func take(onWait: () -> Void) async throws {
    var waits = false
    for lock in locks {
      while try !lock.tryLock() {
        if !waits { onWait() }
        waits = true
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }
}
