/// How a task ended.
package enum Outcome<ID: Hashable & Sendable>: Sendable {
  case succeeded
  /// The last attempt threw this error.
  case failed(any Error)
  /// It did not run because the named task failed, or passed, or was this task and passed.
  case skipped(because: ID)
  /// It did not run to its end because the run was cancelled or stopped at another's failure.
  case cancelled
}
