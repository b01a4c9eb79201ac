package import Artifacts
internal import Diagnostics
internal import FoundationEssentials
package import Hardware
internal import Options
package import Pipeline
package import Records
package import Workers
internal import YAML

/// Runs locked stages again, one after the other, under the numerics that the lock file records, and
/// compares what comes out bit for bit. Nothing of a pipeline's results is replaced.
package final class Verifier {
  private let graph: PipelineGraph
  private let lock: LockFile
  private let lockPath: String
  private let store: Store
  private let ledger: Ledger
  private let machine: Machine
  private let executor: any JobExecutor
  private let engine: String?
  private let files: FileDigests
  private let writers: FolderWriters
  private let comparison: @Sendable (String, String) -> [String]
  private var upstream = UpstreamResults()
  private var recorded: [String: StageResult] = [:]
  private var verdicts: [String: VerificationResult] = [:]
  private let onEvent: (VerifyEvent) -> Void

  /// - Parameters:
  ///   - engine: the numeric engine that is installed, with its version, where that is known.
  ///   - comparison: tells in sentences how two files differ, in the terms of their format.
  package init(
    _ graph: PipelineGraph, lock: LockFile, lockPath: String, store: Store, ledger: Ledger,
    machine: Machine, executor: any JobExecutor, engine: String? = nil,
    comparison: @escaping @Sendable (_ old: String, _ new: String) -> [String],
    onEvent: @escaping (VerifyEvent) -> Void = { _ in }
  ) throws {
    self.graph = graph
    self.lock = lock
    self.lockPath = lockPath
    self.store = store
    self.ledger = ledger
    self.machine = machine
    self.executor = executor
    self.engine = engine
    self.comparison = comparison
    self.onEvent = onEvent
    files = try FileDigests(cache: store.layout.digests)
    writers = FolderWriters(graph)
    for instance in graph.instances {
      guard let locked = lock.stages[instance.address] else {
        upstream.skipped.insert(instance.address)
        continue
      }
      let result = try StageResult(locked: locked, file: lockPath)
      recorded[instance.address] = result
      upstream.settle(instance.address, result)
    }
  }

  /// Verifies instances, by default all that are locked, and returns what came of each in the order of
  /// the graph. What had to be made again to verify them has a verdict as well.
  package func verify(_ wanted: [StageInstance]) async throws -> [VerificationResult] {
    warnAboutEngines(wanted)
    for instance in wanted { _ = try await verdict(on: instance) }
    return graph.instances.compactMap { verdicts[$0.address] }
  }

  /// Says before anything runs that other bits may come out because another engine computes them.
  private func warnAboutEngines(_ wanted: [StageInstance]) {
    guard let engine else { return }
    let used = wanted.compactMap { instance in
      recorded[instance.address].map { (engine: $0.numerics.engine, address: instance.address) }
    }.filter { $0.engine != "none" && $0.engine != engine }
    for (other, stages) in Dictionary(grouping: used, by: \.engine).sorted(by: { $0.key < $1.key })
    {
      let names = stages.prefix(8).map(\.address).joined(separator: ", ")
      onEvent(
        .warning(
          Diagnostic(
            "\(other) computed what is locked, and \(engine) is installed here "
              + "(\(names)\(stages.count > 8 ? ", …" : ""))", severity: .warning,
            remedy: "other bits may come out; set up \(other) to compare like with like")))
    }
  }

  private func verdict(on instance: StageInstance) async throws -> VerificationResult {
    if let known = verdicts[instance.address] { return known }
    try Task.checkCancellation()
    onEvent(.started(instance.address))
    var verdict: VerificationResult
    do {
      verdict = try await check(instance)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      verdict = VerificationResult(instance.address, .unchecked)
      verdict.facts = Diagnostics(describing: error).all.map { problem in
        ([problem.message] + problem.notes.map(\.message)).joined(separator: "; ")
      }
    }
    verdicts[instance.address] = verdict
    onEvent(.finished(verdict))
    return verdict
  }

  private func check(_ instance: StageInstance) async throws -> VerificationResult {
    switch try preparation(of: instance) {
    case .settled(let verdict): return verdict
    case .ready(let trial):
      for input in trial.stage.inputs.values.joined().sorted() {
        guard let fact = try await fact(missing: input) else { continue }
        return VerificationResult(
          instance.address, .unchecked,
          "its input '\(input)' \(fact); take the store along, or import the run")
      }
      return try await run(trial)
    }
  }

  /// Makes the artifact of an input again where the store has lost it; says why that did not help.
  private func fact(missing input: String) async throws -> String? {
    guard let output = upstream.outputs[input], !store.contains(output), let source = graph[input]
    else { return nil }
    switch try await verdict(on: source).outcome {
    case .same: return nil
    case .measured:
      return
        "holds times, which never come out alike, and the one that is locked is not in the store"
    case .differs, .unchecked: return "is not in the store and did not come out again as it was"
    }
  }

  /// A stage that is about to run again, with what it ran with.
  private struct Trial {
    let stage: ResolvedStage
    let recorded: StageResult

    var instance: StageInstance { stage.instance }
  }

  private enum Preparation {
    case settled(VerificationResult)
    case ready(Trial)
  }

  /// What can be said of a stage before anything runs, or what it has to run with.
  private func preparation(of instance: StageInstance) throws -> Preparation {
    let address = instance.address
    guard let locked = lock.stages[address], let recorded = recorded[address] else {
      return .settled(
        VerificationResult(
          address, .unchecked, "it is not in '\(lockPath)'; run it: anneal run \(graph.file)"))
    }
    let resolution = try upstream.resolve(instance, numerics: graph.numerics) {
      () throws(Diagnostic) in try files.digests(readBy: instance, in: graph)
    }
    guard case .wanted(let stage) = resolution else {
      return .settled(
        VerificationResult(
          address, .differs, "it is locked, and its condition keeps it from running"))
    }
    guard stage.key.digest == locked.key else {
      return .settled(try otherKey(instance, stage.key, locked))
    }
    if let obstacle = obstacle(to: recorded.numerics) {
      return .settled(VerificationResult(address, .unchecked, obstacle))
    }
    if let path = recorded.origin.continued.first {
      return .settled(
        VerificationResult(
          address, .unchecked,
          "it went on from what stood at '\(path)', so that it cannot be done again from the same start; to "
            + "lock what it comes to from nothing, remove that and run it with --force"))
    }
    return .ready(Trial(stage: stage, recorded: recorded))
  }

  private func otherKey(
    _ instance: StageInstance, _ key: StageKey, _ locked: LockFile.Stage
  ) throws -> VerificationResult {
    var verdict = VerificationResult(
      instance.address, .differs,
      "it has other settings, inputs or files than '\(lockPath)' holds")
    let old = try ledger.result(for: locked.key)
    let now = KeyIngredients(of: key, in: graph)
    if let old, let difference = KeyDifference(from: KeyIngredients(old.ingredients), to: now) {
      verdict.facts.append(difference.description)
    }
    return verdict
  }

  /// What keeps this machine from computing as it was computed.
  private func obstacle(to numerics: Numerics) -> String? {
    if numerics.instructionSet > machine.instructionSet {
      return "it ran with \(numerics.instructionSet.rawValue), and this processor has "
        + "\(machine.instructionSet.rawValue); verify it on a machine like the first, or lock it "
        + "with numerics: portable"
    }
    if !machine.has(numerics.device) {
      return "it ran on \(numerics.device), which this machine does not have"
    }
    return nil
  }

  private func run(_ trial: Trial) async throws -> VerificationResult {
    let job = try trial.stage.job(
      after: upstream, in: graph, store: store,
      checkpoints: PipelineFile.absolute(try store.temporaryDirectory()),
      resources: resources(for: trial))
    let done = try await perform(job, trial.instance)
    return try conclude(trial, job, done)
  }

  /// What the stage ran with before.
  private func resources(for trial: Trial) -> Resources {
    let (instance, numerics) = (trial.instance, trial.recorded.numerics)
    return Resources(
      device: numerics.device, precision: numerics.precision, threads: numerics.threads,
      memory: instance.requests.memory?.value.bytes,
      channelsLast: numerics.channelsLast ?? instance.settings.workload.convolves,
      instructionSet: numerics.instructionSet,
      isPortable: graph.numerics == .portable ? true : nil
    ).settled(as: numerics)
  }

  /// Runs a job with the files of the stages before it as they are locked, and puts back afterwards what
  /// stood in the user's folder.
  private func perform(_ job: StageJob, _ instance: StageInstance) async throws -> WorkerResult {
    let found = UpstreamFiles(
      of: instance,
      try writers.sources(readBy: instance).compactMap { source in
        guard let output = upstream.outputs[source.address], store.contains(output) else {
          return nil
        }
        return UpstreamFiles.Source(instance: source, artifact: try store.manifest(of: output))
      }, store: store, digests: files)
    let sources = found.sources.map(\.instance)
    let locks = try OutputLocks(
      of: instance, reading: sources, puttingBack: Set(sources.map(\.address)), in: store)
    try await locks.take {}
    defer { withExtendedLifetime(locks) {} }
    let mutexes = try MutexLocks(of: instance, in: store)
    try await mutexes.take { _ in }
    defer { withExtendedLifetime(mutexes) {} }
    let written = WorkspaceOutputs(of: instance, store: store, digests: files)
    var aside = DisplacedFiles(RunRecord.newID(at: Date()), in: store)
    try written.move(to: &aside)
    let incomplete = try found.incomplete().map(\.source)
    let log = store.layout.absolute.log(of: instance.address, run: "verify")
    let ending: Result<WorkerResult, any Error>
    do {
      try found.layOut(incomplete, &aside)
      ending = .success(try await executor.run(job, log: log) { _ in })
    } catch {
      ending = .failure(error)
    }
    try written.remove(all: true)
    for source in incomplete { try found.outputs(of: source).remove(all: true) }
    try aside.giveBack()
    return try ending.get()
  }

  private func conclude(
    _ trial: Trial, _ job: StageJob, _ done: WorkerResult
  ) throws -> VerificationResult {
    let (instance, recorded) = (trial.instance, trial.recorded)
    var verdict = try ResultCheck(
      instance: instance, recorded: recorded, locked: lock.stages[instance.address], store: store,
      comparison: comparison
    ).verdict(on: job.output, done)
    verdict.seconds = done.seconds
    if let acceptance = recorded.origin.acceptance {
      verdict.remarks.append("what is locked was \(acceptance.sentence)")
    }
    if verdict.outcome == .same, !store.contains(recorded.output) {
      // What came out is what was locked: later stages, and later runs, take it.
      let output = try store.commit(directory: job.output, keeping: instance.detail)
      let size = try store.size(of: output)
      try store.synchronize()
      let now = Date()
      let result = StageResult(
        of: instance.address, in: "verify-" + RunRecord.newID(at: now), key: trial.stage.key,
        output: output, seed: instance.seed, worker: done, resources: job.resources, size: size,
        finished: now)
      try ledger.record([result], [], of: "")
    }
    return verdict
  }
}
