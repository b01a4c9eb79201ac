internal import Diagnostics
internal import Synchronization

/// The state of a run, which every stage reads and changes.
final class SharedRunState: Sendable {
  private let state = Mutex(RunState())

  func read<Result: Sendable, Failure: Error>(
    _ body: (RunState) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try state.withLock { state throws(Failure) in try body(state) }
  }

  func update(_ change: (inout RunState) -> Void) {
    state.withLock { change(&$0) }
  }

  /// Keeps a failure that is none of a stage's.
  func note(_ error: any Error) {
    update { $0.problems.add(contentsOf: Diagnostics(describing: error)) }
  }
}
