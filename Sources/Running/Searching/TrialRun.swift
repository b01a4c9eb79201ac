internal import Artifacts
internal import Diagnostics
internal import Options
internal import Pipeline
internal import Planning
internal import Records
internal import Search
internal import Workers
internal import YAML

/// One run of a trial: to its end, or to a rung.
struct TrialRun: Sendable {
  let request: SearchRequest
  let executor: any JobExecutor
  let ledger: Ledger
  let search: String
  let job: SearchCourse.Job
  let onEvent: @Sendable (SearchEvent) -> Void

  /// Runs it and returns the trial as it is then; nil where it was interrupted.
  func run(_ trial: Trial) async throws -> Trial? {
    var trial = trial
    let graph: PipelineGraph
    let plan: Plan
    do throws(Diagnostics) {
      graph = try request.source.graph(setting: trial.point.overrides(in: request.spec.parameters))
      plan = try request.source.plan(graph)
    } catch {
      return failed(trial, error.all)
    }
    let watch = watch(in: graph, heard: trial.heard)
    let summary = await run(
      self.runner(trial, graph, plan), trial: trial, stoppedBy: watch)
    if !summary.id.isEmpty { trial.runs.append(summary.id) }
    trial.seconds += summary.seconds
    try recall(summary, graph, watch)
    trial.heard = watch?.heard ?? trial.heard
    if let rung = job.rung, let reached = Self.rungs(trial.heard, to: rung, epochs) {
      trial.rungs = reached
      trial.state = .paused
      return trial
    }
    trial.rungs = epochs.prefix { trial.heard[$0] != nil }.map { epoch in
      Trial.Rung(epoch: epoch, figure: trial.heard[epoch] ?? .nan)
    }
    switch summary.status {
    case .cancelled, .interrupted, .running: return nil
    case .failed, .refused, .differed:
      let problems =
        summary.problems.all
        + summary.stages.flatMap { stage -> [Diagnostic] in
          if case .failed(let problems) = stage.outcome { problems.all } else { [] }
        }
      return failed(trial, problems)
    case .succeeded: return measured(trial, summary, graph)
    }
  }

  /// Hears what a training measured that was done before, in whatever run that was.
  private func recall(_ summary: RunSummary, _ graph: PipelineGraph, _ watch: RungWatch?) throws {
    guard let watch, let address = request.watched?.resolved(in: graph)?.instance.address,
      case .fresh(let result) = summary[address]
    else { return }
    for measurement in try ledger.measurements(for: result) { _ = watch.hear(address, measurement) }
  }

  private var epochs: [Int] {
    if case .successiveHalving(let rungs, _, _) = request.spec.method { rungs } else { [] }
  }

  /// What was heard at the rungs up to one; nil where that is not reached.
  static func rungs(_ heard: [Int: Double], to rung: Int, _ epochs: [Int]) -> [Trial.Rung]? {
    let reached = epochs.prefix(rung + 1).compactMap { epoch in
      heard[epoch].map { Trial.Rung(epoch: epoch, figure: $0) }
    }
    return reached.count == rung + 1 ? reached : nil
  }

  private func watch(in graph: PipelineGraph, heard: [Int: Double]) -> RungWatch? {
    guard let (instance, path) = request.watched?.resolved(in: graph) else { return nil }
    return RungWatch(
      instance.address, path, epochs: epochs, target: job.rung.map { epochs[$0] }, heard: heard)
  }

  private func runner(_ trial: Trial, _ graph: PipelineGraph, _ plan: Plan) -> Runner {
    var run = RunRequest(graph: graph, plan: plan.closed, store: request.store)
    let wanted = request.spec.metrics.compactMap {
      MetricAddress($0, at: graph.instances[0].range).resolved(in: graph)?.instance.address
    }
    run.selection = StageSelection(Set(wanted).sorted())
    run.isAlwaysRecorded = true
    run.invocation = request.invocation
    run.invocation.overrides += trial.point.overrides(in: request.spec.parameters)
    run.invocation.trial = "\(request.name).\(trial.number)"
    return Runner(run, executor: executor, ledger: ledger)
  }

  private func run(
    _ runner: Runner, trial: Trial, stoppedBy watch: RungWatch?
  ) async -> RunSummary {
    let running = Task {
      await runner.run { event in
        if case .measured(let stage, let measurement) = event,
          let heard = watch?.hear(stage, measurement)
        {
          var known = trial
          known.heard = heard
          // What could not be kept is measured again where the trial goes on.
          try? ledger.record(known, of: search)
        }
        onEvent(.run(trial: trial.number, event))
      }
    }
    watch?.whenReached { running.cancel() }
    return await withTaskCancellationHandler {
      await running.value
    } onCancel: {
      running.cancel()
    }
  }

  private func failed(_ trial: Trial, _ problems: [Diagnostic]) -> Trial {
    var trial = trial
    trial.state = .failed
    trial.endedBefore = job.rung
    trial.problems = problems.filter { $0.severity == .error }
    if trial.problems.isEmpty { trial.problems = [Diagnostic("the trial failed")] }
    return trial
  }

  private func measured(_ trial: Trial, _ summary: RunSummary, _ graph: PipelineGraph) -> Trial {
    var trial = trial
    for metric in request.spec.metrics {
      let address = MetricAddress(metric, at: graph.instances[0].range)
      guard let (instance, path) = address.resolved(in: graph) else {
        return failed(trial, [Diagnostic("there is no stage for '\(metric)' in this trial")])
      }
      switch summary[instance.address] {
      case .ran(let result), .fresh(let result):
        guard let figure = result.metrics.value(at: path)?.double else {
          return failed(
            trial, [Diagnostic("'\(instance.address)' has not reported '\(metric)' as a number")])
        }
        guard !figure.isNaN else {
          return failed(trial, [Diagnostic("'\(metric)' is not a number")])
        }
        trial.figures[metric] = figure
      case .skipped(let reason):
        return failed(
          trial, [Diagnostic("'\(instance.address)' was skipped, because \(reason)")])
      case .failed, .cancelled, nil:
        return failed(trial, [Diagnostic("'\(instance.address)' has no result")])
      }
    }
    trial.state = .complete
    trial.endedBefore = job.rung
    if job.rung != nil, let watched = request.watched {
      // Its training was done before, or ended early: what it came to counts at all rungs.
      let last = trial.heard.max { $0.key < $1.key }?.value
      let figure = figure(of: watched, summary, graph) ?? last ?? .nan
      trial.rungs = epochs.map { Trial.Rung(epoch: $0, figure: trial.heard[$0] ?? figure) }
    }
    return trial
  }

  private func figure(
    of metric: MetricAddress, _ summary: RunSummary, _ graph: PipelineGraph
  ) -> Double? {
    guard let (instance, path) = metric.resolved(in: graph) else { return nil }
    return summary[instance.address]?.result?.metrics.value(at: path)?.double
  }
}
