internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Records
internal import Synchronization
internal import Workers

/// Writes the results of stages into the ledger, several at once and only when it is on the medium.
///
/// A stage does not wait for the disk: what depends on it goes on at once. Results gather for a moment
/// before they are written, so a thousand quick stages need a few flushes, during which a file system
/// lets everyone wait. A process that is killed before a group is written does those stages again, and
/// nothing is ever recorded that the store could lose.
final class ResultJournal: Sendable {
  /// A result with what must wait until it is recorded.
  struct Entry: Sendable {
    let result: StageResult

    /// Keeps other processes from producing the same until they can find it.
    let lock: FileLock

    /// Where an interrupted attempt would have been continued from.
    let checkpoints: String
  }

  private struct State {
    var entries: [Entry] = []
    var stages: [Ledger.PlacedStage] = []

    /// Whether what was added since the last group will be written in a moment.
    var isGathering = false

    /// Results that are not in the ledger yet, by key.
    var unrecorded: [Digest: StageResult] = [:]
  }

  /// So many results may wait, each with an open lock.
  private static let mostWaiting = 256

  /// How long results gather at most.
  private static let moment = DispatchTimeInterval.milliseconds(500)

  private let run: String
  private let store: Store
  private let ledger: Ledger
  private let onFailure: @Sendable (any Error) -> Void
  private let state = Mutex(State())
  private let writer = DispatchQueue(label: "anneal.journal")

  /// - Parameter onFailure: hears of what could not be recorded, on any thread.
  init(
    run: String, store: Store, ledger: Ledger, onFailure: @escaping @Sendable (any Error) -> Void
  ) {
    self.run = run
    self.store = store
    self.ledger = ledger
    self.onFailure = onFailure
  }

  /// Takes a result whose artifact is in the store. Waits where too many are waiting already.
  func add(_ entry: Entry) {
    let waiting = state.withLock { state in
      state.entries.append(entry)
      state.unrecorded[entry.result.key] = entry.result
      begin(&state)
      return state.entries.count
    }
    if waiting >= Self.mostWaiting { drain() }
  }

  /// Takes what became of stages in the run.
  func add(_ stages: [Ledger.PlacedStage]) {
    state.withLock { state in
      state.stages += stages
      begin(&state)
    }
  }

  /// A result that the ledger does not have yet.
  func unrecorded(_ key: Digest) -> StageResult? {
    state.withLock { $0.unrecorded[key] }
  }

  /// Returns once everything that was added before is written, or has failed to be.
  func drain() {
    writer.sync { write() }
  }

  private func begin(_ state: inout State) {
    guard !state.isGathering else { return }
    state.isGathering = true
    writer.asyncAfter(deadline: .now() + Self.moment) { [weak self] in self?.write() }
  }

  private func write() {
    let (entries, stages) = state.withLock { state in
      defer { (state.entries, state.stages, state.isGathering) = ([], [], false) }
      return (state.entries, state.stages)
    }
    guard !entries.isEmpty || !stages.isEmpty else { return }
    do {
      if !entries.isEmpty { try store.synchronize() }
      try ledger.record(entries.map(\.result), stages, of: run)
      for entry in entries { try Folder.remove(entry.checkpoints) }
    } catch {
      onFailure(error)
    }
    state.withLock { state in
      for entry in entries { state.unrecorded[entry.result.key] = nil }
    }
  }
}
