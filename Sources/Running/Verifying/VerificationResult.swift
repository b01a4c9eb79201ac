package import Diagnostics
package import YAML

/// The result of running a locked stage again.
package struct VerificationResult: Sendable {
  package enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// Every bit is as the lock file says.
    case same
    /// Every bit is, but of files that hold times; where a measurement chose otherwise than before,
    /// nothing could be compared.
    case measured
    case differs
    /// It could not be run again, or its inputs are gone.
    case unchecked
  }

  package var address: String
  package var outcome: Outcome

  /// What differs or stood in the way, sentence by sentence.
  package var facts: [String] = []

  /// What was not compared and why, and what else a reader should know.
  package var remarks: [String] = []
  package var seconds = 0.0

  package init(_ address: String, _ outcome: Outcome, _ facts: String...) {
    self.address = address
    self.outcome = outcome
    self.facts = facts
  }

  /// Whether nothing speaks against the lock file.
  package var isConfirmed: Bool { outcome == .same || outcome == .measured }

  package var value: Value {
    [
      "address": .string(address), "outcome": .string(outcome.rawValue),
      "facts": .array(facts.map { .string($0) }), "remarks": .array(remarks.map { .string($0) }),
      "seconds": .double(seconds),
    ]
  }
}

/// What happens while locked stages are run again.
package enum VerifyEvent: Sendable {
  /// Something to know before the first stage runs.
  case warning(Diagnostic)
  case started(String)
  case finished(VerificationResult)
}
