internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Planning
internal import Records
internal import Synchronization
internal import Workers
internal import YAML

/// What the stages of a run share.
final class RunContext: Sendable {
  let request: RunRequest

  /// The stages that are wanted.
  let graph: PipelineGraph
  let record: RunRecord

  /// When it began by a clock that nobody sets.
  let begun = ContinuousClock.now
  let ledger: Ledger
  let journal: ResultJournal

  /// The stages that run whatever is there.
  let forced: Set<String>

  /// The stages that are up to date although temporary files of theirs are gone.
  let freed: Set<String>
  let executor: any JobExecutor
  let files: FileDigests
  let lock: LockCheck?
  let writers: FolderWriters

  /// Tells other processes that this run goes on.
  let mark: RunMark

  /// Asked beside the first stage that runs.
  let sources: SourceProbe
  let events: EventSink
  private let positions: [String: Int]
  private let state: SharedRunState

  init(
    _ request: RunRequest, graph: PipelineGraph, forced: Set<String>, freed: Set<String>,
    record: RunRecord,
    ledger: Ledger, executor: any JobExecutor, files: FileDigests, lock: LockCheck?,
    mark: RunMark, events: EventSink
  ) {
    let state = SharedRunState()
    self.state = state
    journal = ResultJournal(run: record.id, store: request.store, ledger: ledger) { error in
      state.note(error)
    }
    self.forced = forced
    self.freed = freed
    self.request = request
    self.graph = graph
    writers = FolderWriters(graph)
    self.record = record
    self.ledger = ledger
    self.executor = executor
    self.files = files
    self.lock = lock
    self.mark = mark
    self.events = events
    sources = SourceProbe(graph.directory) { git in
      var environment = record.environment
      environment.git = git
      // Without it the run is as good; whatever keeps it from being recorded shows at the run's end.
      try? ledger.describe(record.id, environment)
    }
    positions = Dictionary(graph.instances.enumerated().map { ($0.element.address, $0.offset) }) {
      first, _ in first
    }
  }

  var store: Store { request.store }

  /// All of the state at this moment; while it is kept, changes have to copy it.
  var snapshot: RunState { state.read { $0 } }

  func read<Result: Sendable, Failure: Error>(
    _ body: (RunState) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try state.read(body)
  }

  func update(_ change: (inout RunState) -> Void) {
    state.update(change)
  }

  /// Tells of how a stage ended, and records it.
  func finish(_ instance: StageInstance, _ outcome: StageOutcome) {
    update { $0.settle(instance.address, outcome) }
    journal.add([
      Ledger.PlacedStage(
        position: positions[instance.address] ?? 0, record: stageRecord(of: instance))
    ])
    events.send(.stageFinished(instance.address, outcome))
  }

  /// Keeps a failure that is none of a stage's.
  func note(_ error: any Error) { state.note(error) }

  /// Removes temporary outputs that no stage is going to read.
  func freeTemporaryFiles() {
    guard TemporaryFiles.exist(in: request.graph) else { return }
    let (outputs, settled) = read { state in
      (
        state.outcomes.compactMapValues { $0.result?.output },
        Set(state.outcomes.filter { $0.value.result != nil }.keys).union(state.upstream.skipped)
      )
    }
    do throws(Diagnostic) {
      try TemporaryFiles(request.graph, store: store, ledger: ledger, digests: files)
        .free(outputs, settled: settled) { journal.drain() }
    } catch {
      note(error)
    }
  }

  /// What is known about a stage at this moment, as the ledger and the report keep it.
  func stageRecord(of instance: StageInstance) -> StageRecord {
    let address = instance.address
    let (outcome, inputs, warnings, reason, measured) = read { state in
      (
        state.outcomes[address] ?? .cancelled, state.inputs[address], state.warnings[address],
        state.reasons[address], state.measured[address]
      )
    }
    var stage = StageRecord(
      address: instance.address, stage: instance.stage, kind: instance.kind,
      describe: instance.describe, settings: instance.settings.value,
      dependencies: instance.dependencies,
      plan: request.plan[instance.address]?.value ?? [:], outcome: .cancelled,
      result: outcome.result)
    stage.lineage = instance.lineage
    stage.inputs = inputs ?? [:]
    stage.warnings = warnings ?? []
    stage.measured = measured
    switch outcome {
    case .fresh: stage.outcome = .fresh
    case .ran:
      stage.outcome = .ran
      stage.reason = reason
    case .failed(let problems):
      stage.outcome = .failed
      stage.reason = reason
      stage.problems = problems.all
    case .skipped(let reason):
      stage.outcome = .skipped
      stage.reason = reason
    case .cancelled: stage.outcome = .cancelled
    }
    return stage
  }
}

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
