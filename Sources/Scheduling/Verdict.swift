/// What a task's body says when it throws nothing.
package enum Verdict: Hashable, Sendable {
  /// The work is done.
  case done
  /// The task decided not to run; what depends on it is skipped, and nothing has failed.
  case pass
}
