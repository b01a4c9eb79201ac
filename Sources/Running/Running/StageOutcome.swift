package import Diagnostics
package import Records

/// How a stage instance ended in a run.
package enum StageOutcome: Sendable {
  /// Nothing had to be done, because its output is in the store.
  case fresh(StageResult)
  case ran(StageResult)
  case failed(Diagnostics)
  /// It did not have to run, or could not; the reason is a clause such as `'teacher' failed`.
  case skipped(because: String)
  /// The run was interrupted, or stopped at the failure of another stage.
  case cancelled

  package var isFresh: Bool { if case .fresh = self { true } else { false } }

  /// Its result, where it succeeded.
  package var result: StageResult? {
    switch self {
    case .fresh(let result), .ran(let result): result
    case .failed, .skipped, .cancelled: nil
    }
  }
}
