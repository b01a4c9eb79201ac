package import Artifacts
package import Diagnostics
internal import FoundationEssentials
package import Pipeline
package import Running
internal import Records
internal import Search
internal import Synchronization
internal import YAML

/// Passes on what runs measure to where the pipeline's `track` says.
///
/// What comes of it depends on no server and no folder: a run neither waits nor fails for them.
package final class Tracker: Sendable {
  private struct Scope {
    var run: TrackedRun
    var graph: PipelineGraph
  }

  private struct State {
    /// The runs that go on, by trial; a run that is none has no number.
    var scopes: [Int?: Scope] = [:]
    /// The stages that have been told of, by trial and address.
    var begun: Set<String> = []
    var search: String?
    var trials: [Int: [String: Value]] = [:]
  }

  private let sinks: [any TrackingSink]
  private let state = Mutex(State())

  /// Fails where the pipeline wants nothing kept.
  ///
  /// - Parameters:
  ///   - version: That of the program.
  ///   - environment: Where the names and words that a server asks for are looked up.
  package init?(
    _ graph: PipelineGraph, in store: Store, version: String, environment: [String: String]
  ) {
    guard let track = graph.track else { return nil }
    var sinks: [any TrackingSink] = []
    if let folder = track.tensorboard {
      sinks.append(TensorBoardLog(folder.path(in: graph.directory)))
    }
    if let uri = track.mlflow {
      let server = MLflowServer(uri, version: version, environment: environment)
      sinks.append(
        MLflowLog(server, experiment: track.experiment ?? graph.name, store: store))
    }
    guard !sinks.isEmpty else { return nil }
    self.sinks = sinks
  }

  init(_ sinks: [any TrackingSink]) {
    self.sinks = sinks
  }

  /// Waits a little for what is under way, and returns warnings of what did not arrive.
  package func finish() -> [Diagnostic] { sinks.flatMap { $0.finish() } }

  /// Tells how a search ended.
  package func end(_ summary: SearchSummary) {
    let end: TrackedEnd = summary.wasInterrupted || summary.wasTimedOut ? .stopped : .finished
    for sink in sinks { sink.end(search: summary.record.id, end) }
  }

  package func hear(_ event: SearchEvent) {
    switch event {
    case .started(let record, _, _): state.withLock { $0.search = record.id }
    case .trialStarted(let trial):
      state.withLock { $0.trials[trial.number] = trial.point.values }
    case .run(let number, let event): hear(event, trial: number)
    case .trialEnded: break
    }
  }

  /// - Parameter trial: The number of the trial whose run it is, where a search goes on.
  package func hear(_ event: RunEvent, trial: Int? = nil) {
    switch event {
    case .started(let id, let graph, _): begin(id, graph, trial)
    case .stageStarted(let address, let attempt, _):
      if attempt > 1 || isTracked(address, trial) { begin(address, trial, isAnew: true) }
    case .measured(let address, let measurement):
      guard let (run, stage) = begin(address, trial) else { return }
      for sink in sinks { sink.add(measurement, of: stage, in: run) }
    case .stageFinished(let address, let outcome): end(address, outcome, trial)
    case .finished(let summary): end(summary, trial)
    case .stageWaits, .stageWaitsForGroup, .filesPutBack, .progress, .metrics, .log, .warning,
      .stageRetries:
      break
    }
  }

  private func begin(_ id: String, _ graph: PipelineGraph, _ trial: Int?) {
    let run = state.withLock { state in
      var run = TrackedRun(id: id, pipeline: graph.name)
      run.facts = [
        "run": id, "pipeline": graph.name, "file": graph.file, "seed": String(graph.seed),
      ]
      if let trial {
        let search = state.search ?? "search"
        run.trial = (search, trial)
        run.id = "\(search).\(trial)"
        run.settings = state.trials[trial] ?? [:]
      }
      state.scopes[trial] = Scope(run: run, graph: graph)
      state.begun = state.begun.filter { !$0.hasPrefix(Self.key("", trial)) }
      return run
    }
    for sink in sinks { sink.begin(run) }
  }

  private static func key(_ address: String, _ trial: Int?) -> String {
    "\(trial.map(String.init) ?? "run") \(address)"
  }

  /// Whether a stage makes or ships a model, so that its figures are wanted whether it measures or not.
  private func isTracked(_ address: String, _ trial: Int?) -> Bool {
    state.withLock { state in
      guard let output = state.scopes[trial]?.graph[address]?.settings.output else { return false }
      return output == .model || output == .deployment
    }
  }

  /// Tells of a stage before anything of it; nil where there is no such run.
  ///
  /// - Parameter isAnew: Whether it begins once more.
  @discardableResult
  private func begin(
    _ address: String, _ trial: Int?, isAnew: Bool = false
  ) -> (TrackedRun, TrackedStage)? {
    let found = state.withLock { state -> (TrackedRun, TrackedStage, Bool)? in
      guard let scope = state.scopes[trial], let instance = scope.graph[address] else { return nil }
      let stage = TrackedStage(
        address: address, kind: instance.kind, describe: instance.describe,
        settings: instance.settings.value, makesModel: instance.settings.output == .model)
      return (scope.run, stage, state.begun.insert(Self.key(address, trial)).inserted)
    }
    guard let (run, stage, isFirst) = found else { return nil }
    if isFirst || isAnew { for sink in sinks { sink.begin(stage, in: run) } }
    return (run, stage)
  }

  private func end(_ address: String, _ outcome: StageOutcome, _ trial: Int?) {
    let isBegun = state.withLock { $0.begun.contains(Self.key(address, trial)) }
    guard isBegun, let (run, stage) = begin(address, trial) else { return }
    let (end, result): (TrackedEnd, StageResult?) =
      switch outcome {
      case .ran(let result), .fresh(let result): (.finished, result)
      case .failed: (.failed, nil)
      case .skipped, .cancelled: (.stopped, nil)
      }
    let figures = Self.figures(in: result?.metrics ?? [:])
    let epoch = result?.metrics["training"]?["epochs"]?.int ?? 0
    for sink in sinks {
      sink.end(stage, in: run, end, figures: figures, epoch: epoch, output: result?.output)
    }
  }

  private func end(_ summary: RunSummary, _ trial: Int?) {
    let run = state.withLock { $0.scopes.removeValue(forKey: trial)?.run }
    guard let run else { return }
    let end: TrackedEnd =
      switch summary.status {
      case .succeeded: .finished
      case .cancelled, .interrupted, .running: .stopped
      case .failed, .refused, .differed: .failed
      }
    for sink in sinks { sink.end(run, end, report: summary.reportPath) }
  }

  /// The numbers among metrics, by split and path; lists are left out, as they are no figures.
  static func figures(in metrics: Value) -> [String: [String: Double]] {
    var figures: [String: [String: Double]] = [:]
    func add(_ value: Value, _ path: [String], _ split: String) {
      if let members = value.object {
        for (name, member) in members { add(member, path + [name], split) }
      } else if let number = value.number {
        figures[split, default: [:]][path.joined(separator: "/")] = number
      }
    }
    for (name, value) in metrics.object ?? [:] {
      let isSplit = ["train", "validation", "test"].contains(name)
      add(value, isSplit ? [] : [name], isSplit ? name : "")
    }
    return figures
  }
}
