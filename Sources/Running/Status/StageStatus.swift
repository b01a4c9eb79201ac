package import Diagnostics

/// Whether a run would do anything for a stage instance, and why.
package struct StageStatus: Sendable {
  package enum State: Hashable, Sendable {
    /// Its output is there.
    case fresh
    /// It would run.
    case stale
    /// It would run if what it waits for came to other output than before.
    case undecided
    /// Its condition keeps it, or what it needs, from running.
    case skipped
    /// It could not run.
    case failing(Diagnostic)
  }

  package var address: String
  package var state: State

  /// The first reason in words, such as `train.epochs 10 → 12`.
  package var reason: String

  /// What it came to, where it is fresh.
  package var result: StageResult?

  package var isFresh: Bool { state == .fresh }

  package init(
    _ address: String, _ state: State, because reason: String, result: StageResult? = nil
  ) {
    self.address = address
    self.state = state
    self.reason = reason
    self.result = result
  }
}
