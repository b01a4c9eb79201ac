package import Artifacts
internal import Diagnostics
package import Pipeline
package import Planning
package import Records

/// What is to be run and how.
package struct RunRequest: Sendable {
  /// The whole pipeline, with a plan for each of its stages.
  package var graph: PipelineGraph
  package var plan: Plan
  package var store: Store

  /// What is known of files already, where somebody looked.
  package var digests: FileDigests?

  /// The stages that are wanted, with what they depend on.
  package var selection = StageSelection()

  /// Whether what does not depend on a failed stage goes on.
  package var keepsGoing = false

  /// Whether the selection's targets, or all stages where it names none, run although their output
  /// is there.
  package var isForced = false

  /// That what stands in the folder is taken for the results of the selection's targets, and by whom;
  /// such a request is forced too.
  package var acceptance: ResultOrigin.Acceptance?

  /// Whether anything that comes out otherwise than the lock file says is a failure.
  package var isLocked = false

  /// Whether the summary is to tell of every stage although there was nothing to do.
  package var wantsDetails = true

  /// The addresses of the stages whose log is told line by line.
  package var followedLogs: Set<String> = []

  /// Whether logs are kept whole, however long they grow.
  package var keepsWholeLogs = false

  /// How many stages may run at once, where less than the plan allows.
  package var jobs: Int?

  /// The words that asked for the run, for its record.
  package var invocation = Invocation()

  /// Makes the page about the run of its record and those of its stages; without it none is written.
  package var page: (@Sendable (RunRecord, [StageRecord]) -> String)?

  /// Whether the run is recorded although there is nothing to do.
  package var isAlwaysRecorded = false

  /// Tags that the run's record is to have.
  package var tags: [String] = []

  package init(graph: PipelineGraph, plan: Plan, store: Store) {
    self.graph = graph
    self.plan = plan
    self.store = store
  }

  /// The lock file beside the pipeline file that belongs to the profiles in use.
  package var lockPath: String { LockFile.path(for: graph.file, profiles: invocation.profiles) }

  /// Whether the lock file is to be brought up to date. It holds the results of the files as they are,
  /// which a run with single values set from outside does not show.
  var updatesLock: Bool {
    !isLocked && invocation.overrides.isEmpty && invocation.trial.isEmpty
  }

  /// The addresses of the instances that run whatever is there.
  func forced(in graph: PipelineGraph) throws(Diagnostic) -> Set<String> {
    isForced ? try graph.targets(of: selection) : []
  }
}
