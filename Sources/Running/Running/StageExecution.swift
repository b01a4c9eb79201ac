internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Pipeline
internal import Planning
internal import Records
internal import Scheduling
internal import Workers

/// One attempt at a stage whose dependencies have ended: decides what is to be done, and does it.
struct StageExecution: Sendable {
  let context: RunContext
  let instance: StageInstance
  let planned: PlannedStage
  let attempt: Attempt

  var store: Store { context.store }

  /// Returns how the stage ended, unless it failed.
  func run() async throws -> StageOutcome {
    attempt.clock.pause()
    expectJob()
    let upstream = context.read { $0.upstream.seen(by: instance) }
    // Among the files that the stage names may be some that stages before it wrote.
    let named = try await hold(context.writers.sources(namedBy: instance), alone: true)
    let resolution = try upstream.resolve(instance, numerics: context.graph.numerics) {
      () throws(Diagnostic) in try context.files.digests(readBy: instance, in: context.graph)
    }
    try named.locks.release()
    switch resolution {
    case .skipped(let reason):
      try refuse(context.lock?.difference(of: instance, skippedBecause: reason))
      return .skipped(because: reason)
    case .blocked(let reason):
      context.update { _ = $0.blocked.insert(instance.address) }
      return .skipped(because: reason)
    case .wanted(let stage):
      context.update { state in
        state.inputs[instance.address] = stage.inputs
        if !stage.without.isEmpty || !state.provisional.isDisjoint(with: instance.dependencies) {
          state.provisional.insert(instance.address)
        }
      }
      if let warning = warning(about: stage.without) { receive(.warning(warning)) }
      try refuse(context.lock?.difference(of: stage, after: upstream))
      return try await conclude(try await outcome(of: stage, after: upstream))
    }
  }

  /// Has a worker started while the stage's inputs are digested, where the survey found that it has to run.
  private func expectJob() {
    guard !isAccepted, planned.resources.open == nil, !instance.settings.files.isEmpty,
      context.read({ $0.reasons[instance.address] }) != nil
    else { return }
    context.executor.expect(instance.kind, with: planned.resources)
  }

  /// That the best of what is left need not be the best of all.
  private func warning(about failed: [String]) -> Diagnostic? {
    guard let first = failed.first else { return nil }
    let pick = instance.inputs.values.joined().lazy.compactMap(\.pick).first
    let count = pick?.measured.count ?? failed.count
    let isOne = failed.count == 1
    return Diagnostic(
      "stage '\(instance.address)' picks among \(count - failed.count) of \(count) instances: "
        + (isOne ? "'\(first)' failed" : "'\(first)' and \(failed.count - 1) more failed"),
      at: pick?.pick.range ?? instance.range, severity: .warning,
      remedy:
        "a run in which \(isOne ? "it succeeds" : "they succeed") picks anew; the lock file is left "
        + "as it is for what follows from this choice")
  }

  /// Has what belongs to a result where it belongs, and holds it against the lock file.
  private func conclude(_ outcome: StageOutcome) async throws -> StageOutcome {
    if case .fresh(let result) = outcome { try await putBackFiles(of: result) }
    if let result = outcome.result {
      try refuse(try context.lock?.difference(of: instance, result: result, in: store))
    }
    return outcome
  }

  /// Takes what is there, or produces it while no other process does.
  private func outcome(
    of stage: ResolvedStage, after upstream: UpstreamResults
  ) async throws -> StageOutcome {
    if let kept = try keptResult(for: stage.key) { return .fresh(kept) }
    let lock = try await lock(stage.key)
    // Whoever held the lock before may have produced it.
    if let kept = try keptResult(for: stage.key) { return .fresh(kept) }
    return .ran(
      isAccepted
        ? try await accept(stage, after: upstream, holding: lock)
        : try await produce(stage, after: upstream, holding: lock))
  }

  /// Whether what stands in the folder is taken for the result.
  private var isAccepted: Bool {
    context.request.acceptance != nil && context.forced.contains(instance.address)
  }

  /// Takes what stands in the folder, which stays there.
  private func accept(
    _ stage: ResolvedStage, after upstream: UpstreamResults, holding lock: FileLock
  ) async throws -> StageResult {
    try Task.checkCancellation()
    let found = try await hold(context.writers.sources(readBy: instance))
    defer { withExtendedLifetime(found.locks) {} }
    let layout = store.layout.absolute
    var job = try stage.job(
      after: upstream, in: context.graph, store: store,
      checkpoints: layout.checkpoints(for: stage.key.digest), resources: planned.resources)
    job.takesStanding = true
    let log = layout.log(of: instance.address, run: context.record.id)
    try Folder.create(log.parentPath)
    try tellStart(of: stage)
    attempt.clock.start()
    let done = try await context.executor.run(job, log: log) { event in receive(event) }
    var origin = ResultOrigin()
    origin.acceptance = context.request.acceptance
    return try result(
      done, of: job, for: stage, beside: found.files, holding: lock, from: origin)
  }

  private func tellStart(of stage: ResolvedStage) throws {
    context.events.send(
      .stageStarted(
        instance.address, attempt: attempt.number, because: try reason(toRun: stage.key)))
  }

  /// Keeps what came of a job, unless what it read has changed meanwhile.
  private func result(
    _ done: WorkerResult, of job: StageJob, for stage: ResolvedStage,
    beside upstream: UpstreamFiles,
    holding lock: FileLock, from origin: ResultOrigin
  ) throws -> StageResult {
    try refuseChange(of: stage.files)
    try upstream.refuseChange()
    let output = try store.commit(
      directory: job.output, keeping: instance.detail, digested: done.written)
    try written.unmark()
    var result = StageResult(
      of: instance.address, in: context.record.id, key: stage.key, output: output,
      seed: instance.seed, worker: done, resources: planned.resources,
      size: try store.size(of: output), finished: Date())
    result.origin = origin
    context.journal.add(
      ResultJournal.Entry(result: result, lock: lock, checkpoints: job.checkpoints))
    return result
  }

  private func keptResult(for key: StageKey) throws -> StageResult? {
    guard !context.forced.contains(instance.address), !instance.requests.always else { return nil }
    if let made = context.journal.unrecorded(key.digest) { return made }
    guard let result = try context.ledger.result(for: key.digest) else { return nil }
    let isThere =
      store.contains(result.output)
      || context.freed.contains(instance.address) && store.isFreed(result.output, of: instance)
    return isThere ? result : nil
  }

  /// Takes the lock of a key, waiting for other processes in a way that can be cancelled.
  private func lock(_ key: StageKey) async throws -> FileLock {
    let lock = try store.lock(for: key.digest)
    guard try !lock.tryLock() else { return lock }
    context.events.send(.stageWaits(instance.address))
    // It may be this run that holds it, for an equal stage whose result is about to be recorded.
    context.journal.drain()
    repeat {
      try await Task.sleep(for: .milliseconds(50))
    } while try !lock.tryLock()
    return lock
  }

  private func produce(
    _ stage: ResolvedStage, after upstream: UpstreamResults, holding lock: FileLock
  ) async throws -> StageResult {
    try Task.checkCancellation()
    let found = try await hold(context.writers.sources(readBy: instance))
    defer { withExtendedLifetime(found.locks) {} }
    let mutexes = try MutexLocks(of: instance, in: store)
    try await mutexes.take {
      context.events.send(.stageWaitsForGroup(instance.address, group: $0))
    }
    defer { withExtendedLifetime(mutexes) {} }
    context.sources.begin()
    let layout = store.layout.absolute
    var job = try stage.job(
      after: upstream, in: context.graph, store: store,
      checkpoints: layout.checkpoints(for: stage.key.digest),
      resources: try resources(for: stage.key.digest))
    job.log = LogKeeping(
      isFollowed: context.request.followedLogs.contains(instance.address),
      limit: context.request.keepsWholeLogs ? nil : LogKeeping.usualLimit)
    let log = layout.log(of: instance.address, run: context.record.id)
    var aside = DisplacedFiles(context.record.id, in: store)
    var isMade = false
    do {
      try Folder.create(log.parentPath)
      try written.clear(&aside)
      if let warning = aside.warning(about: instance) { receive(.warning(warning)) }
      // Only what computes for long has anything to continue from.
      if instance.settings.workload.intensity != .light { try Folder.create(job.checkpoints) }
      try tellStart(of: stage)
      var origin = ResultOrigin()
      origin.continued = try written.kept()
      try written.mark(by: context.record.id)
      attempt.clock.start()
      let done = try await context.executor.run(job, log: log) { event in receive(event) }
      isMade = true
      return try result(
        done, of: job, for: stage, beside: found.files, holding: lock, from: origin)
    } catch {
      // The first failure is the one to tell; what stays is removed with this process's folder.
      try? Folder.remove(job.output)
      let failure = isMade || error is RefusedOutput ? setAside(after: error) : error
      try? written.remove()
      try? aside.giveBack()
      try? written.unmarkFailed()
      throw failure
    }
  }

  /// What the stage is given: where it would choose itself and the same work was done before, as that
  /// was, so that the same bits come out.
  private func resources(for key: Digest) throws -> Resources {
    guard planned.resources.open != nil else { return planned.resources }
    let known =
      try context.lock?.numerics(of: instance.address, key: key)
      ?? context.ledger.result(for: key)?.numerics
    guard let known, known.device == planned.resources.device else { return planned.resources }
    return planned.resources.settled(as: known)
  }

  /// Keeps what the stage made although it cannot be taken, and says where.
  private func setAside(after error: any Error) -> any Error {
    let problems = Diagnostics(describing: error)
    guard let note = try? written.setAside(by: context.record.id), var first = problems.first else {
      return problems
    }
    first.notes.append(note)
    return Diagnostics([first] + problems.dropFirst())
  }

  /// Why the stage runs: what the survey found, unless that hung on stages which have run since.
  private func reason(toRun key: StageKey) throws -> String {
    let address = instance.address
    if isAccepted {
      context.update { $0.reasons[address] = RerunReason.accepted.words }
      return RerunReason.accepted.words
    }
    if let known = context.read({ $0.reasons[address] }) { return known }
    let reason =
      instance.requests.always && !context.forced.contains(address)
      ? RerunReason.always.words
      : try context.ledger.reason(toRun: address, of: context.graph, key, in: store).words
    context.update { $0.reasons[address] = reason }
    return reason
  }

  func receive(_ event: WorkerEvent) {
    let address = instance.address
    switch event {
    case .progress(let progress): context.events.send(.progress(address, progress))
    case .metrics(let metrics): context.events.send(.metrics(address, metrics))
    case .measured(let measurement):
      context.update { $0.measure(address, measurement) }
      context.events.send(.measured(address, measurement))
    case .log(let line): context.events.send(.log(address, line))
    case .warning(let warning):
      context.update { $0.warnings[address, default: []].append(warning) }
      context.events.send(.warning(address, warning))
    }
  }

  private func refuse(_ difference: Diagnostic?) throws {
    guard let difference else { return }
    context.update { $0.differsFromLock = true }
    throw difference
  }
}
