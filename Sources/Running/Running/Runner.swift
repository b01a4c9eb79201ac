internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Options
internal import Pipeline
internal import Planning
package import Records
internal import Scheduling
package import Workers

/// Runs a pipeline: skips what is there already, and has the rest done in workers.
///
/// Keys become known as inputs do, so an output that did not change cuts off all that would only
/// have run because of it. Every ended stage is recorded at once; a run that is cancelled or killed is
/// continued by the next. Any number of runners, in any number of processes, may share a store.
package struct Runner: Sendable {
  private let request: RunRequest
  private let executor: any JobExecutor
  private let ledger: Ledger

  /// What was planned, with the request's limit.
  private let plan: Plan

  package init(_ request: RunRequest, executor: any JobExecutor, ledger: Ledger) {
    self.request = request
    plan = request.plan.limited(toJobs: request.jobs)
    self.executor = executor
    self.ledger = ledger
  }

  /// Runs to the end and returns how everything ended; cancelling the task stops it early.
  ///
  /// - Parameter onEvent: hears of events one at a time; it must not wait for the run.
  package func run(
    onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async -> RunSummary {
    let begun = Date()
    let events = EventSink(onEvent)
    var record = RunRecord(
      id: RunRecord.newID(at: begun), pipeline: request.graph.name, file: request.graph.file,
      seed: request.graph.seed, numerics: request.graph.numerics, machine: request.plan.machine,
      started: begun)
    record.path = PipelineFile.absolute(request.graph.file)
    record.environment = .current(request.invocation)
    record.tags = request.tags
    let context: RunContext
    do {
      try KnownPipelines(in: request.store).add(record.path)
      let survey = try RunSurvey(request, ledger: ledger, id: record.id)
      if let ending = try UpToDateRun(survey, request, ledger: ledger) {
        let summary = ending.summary(of: record)
        announce(survey, events)
        events.send(.finished(summary))
        return summary
      }
      context = try prepare(record, survey, events)
    } catch {
      let summary = RunSummary(
        id: record.id, pipeline: record.pipeline,
        status: error is RefusedRun ? .refused : .failed, stages: [],
        problems: Diagnostics(describing: error), seconds: Date().timeIntervalSince(begun))
      events.send(.finished(summary))
      return summary
    }
    let wasCancelled = await execute(context)
    executor.expectNone()
    let summary = RunEnding(context: context, wasCancelled: wasCancelled).conclude()
    events.send(.finished(summary))
    return summary
  }

  /// Tells of the files of stages that are up to date.
  private func announce(_ survey: RunSurvey, _ events: EventSink) {
    for stage in survey.putBack {
      events.send(.filesPutBack(stage.address, paths: stage.paths))
      if let warning = stage.warning { events.send(.warning(stage.address, warning)) }
    }
  }

  private func prepare(
    _ record: RunRecord, _ survey: RunSurvey, _ events: EventSink
  ) throws -> RunContext {
    var lock: LockCheck?
    if request.isLocked {
      lock = LockCheck(
        try request.requiredLockFile(), at: request.lockPath, for: request.graph,
        request.invocation)
    } else if request.updatesLock {
      // One that could not be brought up to date in the end is told of before anything runs.
      _ = try request.lockFile()
    }
    var record = record
    let mark = try RunMark(claiming: &record.id, begun: record.started, in: request.store)
    let context = RunContext(
      request, graph: survey.graph, forced: survey.forced, freed: survey.freed, record: record,
      ledger: ledger,
      executor: executor, files: survey.files, lock: lock,
      mark: mark, events: events)
    if let differences = lock?.differences(from: request.graph), !differences.isEmpty {
      context.update { state in
        state.problems.add(contentsOf: differences)
        state.differsFromLock = true
      }
    }
    try ledger.begin(record)
    for tag in record.tags { try ledger.tag(record.id, tag) }
    events.send(.started(id: record.id, graph: context.graph, plan: plan))
    announce(survey, events)
    for stage in survey.putBack {
      guard let warning = stage.warning else { continue }
      context.update { $0.warnings[stage.address, default: []].append(warning) }
    }
    context.update { $0.upstream.passesFailed = request.keepsGoing }
    let known = try ledger.results(for: survey.statuses.compactMap(\.key))
    for (instance, status) in zip(survey.graph.instances, survey.statuses) {
      context.update { state in
        state.inputs[instance.address] = status.inputs
        if status.state == .stale { state.reasons[instance.address] = status.reason }
      }
      if let result = status.key.flatMap({ known[$0] }) {
        context.finish(instance, .fresh(result))
      } else if status.state == .skipped {
        context.update { _ = $0.upstream.skipped.insert(instance.address) }
        context.finish(instance, .skipped(because: status.reason))
      }
    }
    return context
  }

  /// Runs the stages and returns whether that was cancelled.
  private func execute(_ context: RunContext) async -> Bool {
    let scheduler = Scheduler<String>(
      pool: ResourcePool(plan.capacity), keepsGoing: request.keepsGoing)
    let settled = context.read { Set($0.outcomes.keys) }
    let tasks = context.graph.instances.filter { !settled.contains($0.address) }
      .map { task(for: $0, settled) }
    let cancellation = Cancellation()
    _ = await withTaskCancellationHandler {
      await scheduler.run(
        tasks, cancellation: cancellation,
        observer: { event in observe(event, context) },
        body: { address, attempt in
          guard let instance = context.graph[address], let planned = plan[address] else {
            preconditionFailure("stage '\(address)' is not planned")
          }
          let execution = StageExecution(
            context: context, instance: instance, planned: planned, attempt: attempt)
          let outcome = try await execution.run()
          // Known before the scheduler lets those begin that wait for it.
          var isBlocked = false
          context.update { state in
            state.settle(address, outcome)
            isBlocked = state.blocked.contains(address)
            if !isBlocked, case .skipped = outcome { state.upstream.skipped.insert(address) }
          }
          if instance.readsTemporaryFiles(in: context.graph) { context.freeTemporaryFiles() }
          return isBlocked ? .pass : .done
        })
    } onCancel: {
      cancellation.cancel()
    }
    return cancellation.isCancelled
  }

  private func task(
    for instance: StageInstance, _ settled: Set<String>
  ) -> ScheduledTask<String> {
    let planned = plan[instance.address]
    // What never ran counts by what its kind of work is likely to take.
    let usual = instance.settings.workload.intensity == .light ? 1.0 : 60
    let dependencies = instance.dependencies.filter { !settled.contains($0) }
    let alternatives = request.keepsGoing ? instance.alternatives : []
    return ScheduledTask(
      id: instance.address, dependencies: dependencies.filter { !alternatives.contains($0) },
      awaiting: dependencies.filter(alternatives.contains), demand: planned?.demand ?? [:],
      cost: planned?.expected.value?.seconds ?? usual, retries: instance.requests.retries,
      timeout: instance.requests.timeout?.value.duration)
  }

  private func observe(_ event: SchedulerEvent<String>, _ context: RunContext) {
    switch event {
    case .started: break
    case .retrying(let address, let error, let attempt):
      guard let instance = context.graph[address] else { return }
      let problems = failure(of: instance, context).diagnostics(for: error)
      context.events.send(.stageRetries(address, after: problems, attempt: attempt))
    case .finished(let address, let outcome):
      guard let instance = context.graph[address] else { return }
      context.finish(instance, self.outcome(of: instance, outcome, context))
    }
  }

  private func outcome(
    of instance: StageInstance, _ outcome: Outcome<String>, _ context: RunContext
  ) -> StageOutcome {
    switch outcome {
    case .succeeded: context.read { $0.outcomes[instance.address] } ?? .cancelled
    case .failed(let error): .failed(failure(of: instance, context).diagnostics(for: error))
    case .skipped(let other) where other == instance.address:
      context.read { $0.outcomes[instance.address] } ?? .cancelled
    case .skipped(let other):
      .skipped(
        because: "'\(other)' "
          + (context.read { $0.blocked.contains(other) } ? "was skipped" : "failed"))
    case .cancelled: .cancelled
    }
  }

  private func failure(of instance: StageInstance, _ context: RunContext) -> StageFailure {
    StageFailure(
      instance: instance,
      log: request.store.layout.absolute.log(of: instance.address, run: context.record.id))
  }
}
