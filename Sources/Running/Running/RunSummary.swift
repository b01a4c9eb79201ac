package import Diagnostics
package import Records

/// How a run ended, for the person who started it.
package struct RunSummary: Sendable {
  package struct Stage: Sendable {
    package var address: String
    package var outcome: StageOutcome

    /// Why it ran, where it did.
    package var reason: String?
  }

  /// The run's name among the records; empty where there was nothing to do, which leaves no record.
  package var id: String
  package var pipeline: String
  package var status: RunStatus

  /// In the order of the graph.
  package var stages: [Stage]

  /// What went wrong with the run as a whole.
  package var problems: Diagnostics
  package var seconds: Double

  /// The page about the run, and the lock file, where they were written.
  package var reportPath: String?
  package var lockPath: String?

  /// How many stages were found up to date, and how many that need not run, by a look that told of no
  /// single one.
  package var found: (fresh: Int, skipped: Int)?

  /// How many stages were up to date, and how many did not have to run.
  package var standing: (fresh: Int, skipped: Int) {
    if let found { return found }
    var standing = (fresh: 0, skipped: 0)
    for stage in stages {
      switch stage.outcome {
      case .fresh: standing.fresh += 1
      case .skipped: standing.skipped += 1
      case .ran, .failed, .cancelled: break
      }
    }
    return standing
  }

  /// Whether everything was there already.
  package var didNothing: Bool {
    status == .succeeded
      && stages.allSatisfy { stage in
        switch stage.outcome {
        case .fresh, .skipped: true
        case .ran, .failed, .cancelled: false
        }
      }
  }

  package subscript(address: String) -> StageOutcome? {
    stages.first { $0.address == address }?.outcome
  }
}
