package import Artifacts
package import Diagnostics
package import Pipeline
package import Planning
package import Records
package import Search

/// How the trials of a search come about.
package protocol TrialSource: Sendable {
  /// Reads the pipeline with further arguments of `--set`.
  func graph(setting overrides: [String]) throws(Diagnostics) -> PipelineGraph

  /// Plans a trial, the same for the same pipeline.
  func plan(_ graph: PipelineGraph) throws(Diagnostics) -> Plan
}

/// A search that is to be made, and how its trials come about.
package struct SearchRequest: Sendable {
  package var name: String
  package var spec: SearchSpec
  package var describe = ""

  /// The pipeline without any of the search's changes.
  package var graph: PipelineGraph
  package var store: Store

  /// The threads that trials compute with, for the fingerprint.
  package var threads = 1

  /// What trials are compared by while they train; nil where they are not.
  package var watched: MetricAddress?

  package var source: any TrialSource

  /// The words that asked for the search, with the changes that all trials share.
  package var invocation = Invocation()

  /// How many trials may run at once.
  package var jobs = 1
  package var timeout: Duration?

  /// Whether the search begins anew although it could be continued.
  package var isAnew = false

  /// Whether trials that failed are made again.
  package var retriesFailed = false

  package init(
    name: String, spec: SearchSpec, graph: PipelineGraph, store: Store,
    source: any TrialSource
  ) {
    self.name = name
    self.spec = spec
    self.graph = graph
    self.store = store
    self.source = source
  }
}

/// What happens in a search, told one at a time.
package enum SearchEvent: Sendable {
  /// The search begins, or goes on after so many trials.
  case started(SearchRecord, known: Int, begunAnewBecause: String?)
  case trialStarted(Trial)
  /// Something happened in the run of a trial.
  case run(trial: Int, RunEvent)
  /// A trial has come as far as it was to come by now.
  case trialEnded(Trial, isBest: Bool)
}

/// How a search ended.
package struct SearchSummary: Sendable {
  package var record: SearchRecord
  package var trials: [Trial]
  package var wasInterrupted: Bool
  package var wasTimedOut: Bool
}
