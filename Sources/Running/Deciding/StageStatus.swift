package import Artifacts
package import Diagnostics
package import Pipeline
package import Records

/// Whether a run would do anything for a stage instance, and why.
package struct StageStatus: Sendable {
  package enum State: Hashable, Sendable {
    /// Its output is there.
    case fresh
    /// It would run.
    case stale
    /// It would run if what it waits for had other output than before.
    case undecided
    /// Its condition keeps it, or what it needs, from running.
    case skipped
    /// It could not run.
    case failing(Diagnostic)

    /// What people are told of it.
    package var word: String {
      switch self {
      case .fresh: "up to date"
      case .stale: "would run"
      case .undecided: "may run"
      case .skipped: "skipped"
      case .failing: "cannot run"
      }
    }
  }

  package var address: String
  package var state: State

  /// The first reason in words, such as `train.epochs 10 → 12`.
  package var reason: String

  /// What differs from the last time, where that is the reason.
  package var difference: KeyDifference?

  /// The key and the output of a stage that is fresh.
  package var key: Digest?
  package var output: Digest?

  /// Whether temporary files of a fresh stage's output are gone.
  package var isFreed = false

  /// How what a fresh stage writes beside its artifact stands.
  package var written = OutputDifferences()

  /// The addresses of the instances that fill each role, where that is known.
  package var inputs: [String: [String]] = [:]

  package var isFresh: Bool { state == .fresh }

  package init(_ address: String, _ state: State, because reason: String) {
    self.address = address
    self.state = state
    self.reason = reason
  }

  init(_ address: String, _ state: State, because reason: RerunReason) {
    self.init(address, state, because: reason.words)
    difference = reason.difference
  }
}

extension Sequence<StageStatus> {
  /// How the stages stand, by address, as the export of a run asks for it.
  package var standings: [String: RunExport.Standing] {
    Dictionary(
      map { ($0.address, RunExport.Standing(key: $0.key, reason: $0.reason)) }
    ) { first, _ in first }
  }
}
