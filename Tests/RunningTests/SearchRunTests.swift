import Artifacts
import Diagnostics
import Foundation
import Hardware
import Pipeline
import Planning
import Records
import Running
import RunningSupport
import Search
import Synchronization
import TestSupport
import Testing
import Workers
import YAML

@Suite struct `A search` {
  private static let pipeline = """
    pipeline: p
    seed: 5
    stages:
      raw: {load: {csv: a.csv}}
      model: {from: raw, train: {epochs: 9}}
      small: {from: model, quantize: {bits: 8}}
    search:
      best:
        maximize: model.validation.accuracy
        trials: 14
        over:
          stages.model.train.hidden: [[4], [8], [16, 8]]
          stages.model.train.name: [a, b]
          stages.model.train.epochs: {from: 3, to: 9}
      small:
        minimize: small.bytes
        floor: {small.validation.accuracy: 0.6}
        trials: 12
        over:
          stages.small.quantize.bits: {from: 2, to: 8}
          stages.model.train.hidden: [[4], [8], [16, 8]]
      halving:
        maximize: model.validation.accuracy
        method: asha
        trials: 9
        over: {stages.model.train.hidden: {choices: [[1], [2], [3], [4], [5], [6], [7], [8], [9]]}}
    """

  @Test(arguments: ["best", "small", "halving"])
  func `makes the same trials however many run at once`(name: String) async throws {
    var all: [[Trial]] = []
    for jobs in [1, 2, 4] {
      let place = try SearchPlace(Self.pipeline)
      all.append(try await place.search(name, jobs: jobs).trials.map(\.plain))
    }
    #expect(all[0] == all[1] && all[1] == all[2])
    #expect(all[0].contains { $0.state == .complete })
  }

  @Test(arguments: ["best", "halving"], [1, 3])
  func `goes on where it was stopped`(name: String, jobs: Int) async throws {
    let whole = try await SearchPlace(Self.pipeline).search(name).trials.map(\.plain)
    let place = try SearchPlace(Self.pipeline)
    for count in [2, 3, 1] {
      let stopped = try await place.search(name, jobs: jobs, stoppingAfter: count)
      #expect(stopped.wasInterrupted)
    }
    let ended = try await place.search(name, jobs: jobs)
    #expect(ended.trials.map(\.plain) == whole)
    // Nothing that was known was done again.
    #expect(place.executor.trained.values.allSatisfy { $0 <= 10 })
  }

  @Test func `trains paused trials on and does no epoch twice`() async throws {
    let place = try SearchPlace(Self.pipeline)
    let summary = try await place.search("halving")
    let counts = [1, 3].map { epoch in summary.trials.count { $0.heard[epoch] != nil } }
    #expect(counts[0] == 9)
    #expect((3...6).contains(counts[1]))
    #expect(summary.trials.filter { $0.state == .paused }.count >= 5)
    // Those that went no further than the first rung trained for an epoch, or a little longer.
    #expect(place.executor.trained.values.reduce(0, +) < 60)
    let best = TrialRanking(place.spec("halving")).best(of: summary.trials)
    #expect(best?.figures["model.validation.accuracy"] != nil)
    #expect(place.executor.trained.values.max() == 9)
  }

  @Test func `takes up a training that was done before, with what it measured`() async throws {
    let place = try SearchPlace(Self.pipeline)
    for hidden in 1...9 {
      _ = try await place.run(setting: ["stages.model.train.hidden=[\(hidden)]"])
    }
    let before = place.executor.trained
    let summary = try await place.search("halving")
    #expect(place.executor.trained == before)
    let fresh = try await SearchPlace(Self.pipeline).search("halving")
    #expect(summary.trials.map(\.plain) == fresh.trials.map(\.plain))
  }

  @Test func `keeps what failed, with the cause, and goes on`() async throws {
    let place = try SearchPlace(Self.pipeline, failing: ["[8]"])
    let summary = try await place.search("best")
    let failed = summary.trials.filter { $0.state == .failed }
    #expect(!failed.isEmpty && failed.count < summary.trials.count)
    #expect(failed.allSatisfy { $0.point["stages.model.train.hidden"] == [8] })
    #expect(failed.first?.problems.first?.message == "eight is too wide")
    #expect(summary.record.status == .finished)
    let kept = try place.ledger().trials(of: summary.record.id)
    #expect(kept.map(\.plain) == summary.trials.map(\.plain))
    // Failed trials stay so, until somebody asks for them again.
    place.executor.mend()
    #expect(try await place.search("best").trials.count { $0.state == .failed } == failed.count)
    #expect(
      try await place.search("best", changing: { $0.retriesFailed = true }).trials
        .allSatisfy { $0.state == .complete })
  }

  @Test func `finds the least above a floor, and bounds count before goals`() async throws {
    let place = try SearchPlace(Self.pipeline)
    let summary = try await place.search("small")
    let ranking = TrialRanking(place.spec("small"))
    let best = try #require(ranking.best(of: summary.trials))
    #expect((best.figures["small.validation.accuracy"] ?? 0) >= 0.6)
    let least = summary.trials.compactMap { $0.figures["small.bytes"] }.min() ?? 0
    #expect(least < best.figures["small.bytes"] ?? 0)
  }

  @Test func `is continued with more trials, and begun anew where it means something else`()
    async throws
  {
    let place = try SearchPlace(Self.pipeline)
    let first = try await place.search("best", changing: { $0.spec.trials = 3 })
    let more = try await place.search("best", changing: { $0.spec.trials = 5 })
    #expect(more.record.id == first.record.id && more.trials.count == 5)
    let other = try await place.search("best", changing: { $0.spec.seed = 77 })
    #expect(other.record.id != first.record.id)
    try place.workplace.write("a.csv", "a,b\n1,3\n")
    let changed = try await place.search("best")
    #expect(changed.record.id != first.record.id)
    #expect(try place.ledger().searches(named: "best").count == 3)
    let again = try await place.search("best", changing: { $0.isAnew = true })
    #expect(again.record.id != changed.record.id)
    #expect(again.trials.map(\.plain) == changed.trials.map(\.plain))
  }

  @Test func `two at once on a store come to what each comes to alone`() async throws {
    let place = try SearchPlace(Self.pipeline)
    async let one = place.search("best", jobs: 2)
    async let other = place.search("small", jobs: 2)
    let (best, small) = try await (one, other)
    let alone = try SearchPlace(Self.pipeline)
    #expect(try await alone.search("best").trials.map(\.plain) == best.trials.map(\.plain))
    #expect(try await alone.search("small").trials.map(\.plain) == small.trials.map(\.plain))
  }

  @Test func `is refused while another process is at it`() async throws {
    let place = try SearchPlace(Self.pipeline)
    let store = try Store(opening: place.workplace.store)
    let path = PipelineFile.absolute(place.workplace.folder + "/p.yaml")
    let lock = try store.searchLock(for: "\(path) best")
    #expect(try lock.tryLock())
    await #expect(throws: Diagnostic.self) { try await place.search("best") }
    withExtendedLifetime(lock) {}
  }

  @Test func `trials are runs that keep no other run away`() async throws {
    let place = try SearchPlace(Self.pipeline)
    let own = try await place.run(setting: [])
    let summary = try await place.search("best")
    let ledger = try place.ledger()
    #expect(try ledger.runs(withTrials: false).map(\.id) == [own.id])
    #expect(try ledger.countOfTrialRuns() >= 14 - 1)
    let second = try ledger.run(named: "best.2")
    #expect(second.id == summary.trials[1].runs.last)
    #expect(second.environment.trial == "best.2")
    #expect(second.environment.overrides.count == 3)
    let store = try Store(opening: place.workplace.store)
    let kept = try StoreCollection(of: store, ledger, latest: 1).runs
    let best = TrialRanking(place.spec("best")).front(of: summary.trials)
    #expect(kept == Set([own.id] + best.compactMap(\.runs.last)))
  }
}

extension Trial {
  /// What has to be the same in each search of the same.
  fileprivate var plain: Trial {
    var plain = self
    (plain.runs, plain.seconds) = ([], 0)
    // A training may go on for a moment after it was stopped.
    plain.heard = plain.heard.filter { epoch, _ in rungs.contains { $0.epoch == epoch } }
    plain.problems = problems.map { Diagnostic($0.message) }
    return plain
  }
}

/// A folder with a pipeline whose trials train in this process.
private final class SearchPlace: Sendable {
  let workplace: SendableWorkplace
  let executor: CurveExecutor

  init(_ pipeline: String, failing: Set<String> = []) throws {
    workplace = SendableWorkplace(try Workplace(pipeline))
    executor = CurveExecutor(failing: failing)
  }

  func ledger() throws -> Ledger { try workplace.ledger() }

  private func document(_ overrides: [String] = []) throws(Diagnostics) -> PipelineDocument {
    try PipelineDocument(
      reading: workplace.folder + "/p.yaml", overrides: overrides, catalog: fakeCatalog)
  }

  func spec(_ name: String) -> SearchSpec {
    guard let document = try? document(),
      let search = document.searches.first(where: { $0.name == name })
    else { preconditionFailure("there is no search '\(name)'") }
    return SearchSpec(search, in: document.graph)
  }

  func run(setting overrides: [String]) async throws -> RunSummary {
    let graph = try document(overrides).graph
    let plan = try Planner(machine: Machine(cores: 1, memory: 8 << 30)).plan(graph)
    let request = RunRequest(graph: graph, plan: plan, store: try Store(opening: workplace.store))
    return await Runner(request, executor: executor, ledger: try ledger()).run()
  }

  /// - Parameter count: after how many ended trials it is stopped.
  func search(
    _ name: String, jobs: Int = 1, stoppingAfter count: Int? = nil,
    changing change: @Sendable (inout SearchRequest) -> Void = { _ in }
  ) async throws -> SearchSummary {
    let document = try document()
    let search = try #require(document.searches.first { $0.name == name })
    var request = SearchRequest(
      name: name, spec: SearchSpec(search, in: document.graph), graph: document.graph,
      store: try Store(opening: workplace.store), source: Source(file: workplace.folder + "/p.yaml")
    )
    request.watched = search.watched?.metric
    request.jobs = jobs
    change(&request)
    let stopping = Stopping(after: count)
    let runner = SearchRunner(request, executor: executor, ledger: try ledger()) { event in
      if case .trialEnded = event { stopping.count() }
    }
    let task = Task { try await runner.run() }
    stopping.arm { task.cancel() }
    return try await task.value
  }

  /// Stops something once enough has been counted, also where that was before it could be stopped.
  private final class Stopping: Sendable {
    private let left: Mutex<(left: Int?, stop: (@Sendable () -> Void)?)>

    init(after count: Int?) { left = Mutex((count, nil)) }

    func count() {
      left.withLock { state in
        state.left = state.left.map { $0 - 1 }
        return state.left.map { $0 <= 0 } ?? false ? state.stop : nil
      }?()
    }

    func arm(_ stop: @escaping @Sendable () -> Void) {
      let isDue = left.withLock { state in
        state.stop = stop
        return state.left.map { $0 <= 0 } ?? false
      }
      if isDue { stop() }
    }
  }

  private struct Source: TrialSource {
    let file: String

    func graph(setting overrides: [String]) throws(Diagnostics) -> PipelineGraph {
      try PipelineDocument(reading: file, overrides: overrides, catalog: fakeCatalog).graph
    }

    func plan(_ graph: PipelineGraph) throws(Diagnostics) -> Plan {
      try Planner(machine: Machine(cores: 1, memory: 8 << 30)).plan(graph)
    }
  }
}

/// A workplace of which only what tests read at once is used.
private final class SendableWorkplace: Sendable {
  let folder: String
  var store: String { folder + "/.anneal" }
  private let kept: Mutex<Workplace>

  init(_ workplace: sending Workplace) {
    folder = workplace.folder
    kept = Mutex(workplace)
  }

  func ledger() throws -> Ledger { try Ledger(opening: try Store(opening: store)) }

  func write(_ name: String, _ text: String) throws {
    try Folder.replaceFile(folder + "/" + name, with: Array(text.utf8))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Folder.contents(of: folder + "/" + name), as: UTF8.self)
  }
}

/// Trains as a formula: the accuracy after an epoch follows from the settings, and a checkpoint holds how far
/// it has come.
private final class CurveExecutor: JobExecutor {
  private struct State {
    var trained: [String: Int] = [:]
    var failing: Set<String>
  }

  private let state: Mutex<State>

  init(failing: Set<String>) {
    state = Mutex(State(failing: failing))
  }

  /// The epochs that were trained, by the settings of the training.
  var trained: [String: Int] { state.withLock(\.trained) }

  func mend() { state.withLock { $0.failing = [] } }

  func run(
    _ job: StageJob, log: String, onEvent: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> WorkerResult {
    var metrics: Value = [:]
    switch job.kind {
    case "train": metrics = try await train(job, onEvent)
    case "quantize": metrics = try quantize(job)
    default: break
    }
    try Folder.replaceFile(job.output + "/result.txt", with: Array(job.settings.canonicalJSON.utf8))
    try Folder.replaceFile(job.output + "/metrics.json", with: Array(metrics.canonicalJSON.utf8))
    return WorkerResult(
      metrics: metrics,
      numerics: Numerics(
        engine: "none", instructionSet: .avx2, threads: 1, precision: .fp32, device: .cpu),
      peakMemory: 1 << 20, cpuSeconds: 0.01, seconds: 0.01)
  }

  private static func accuracy(_ settings: Value, after epoch: Int) -> Double {
    let hidden = (settings["hidden"]?.array ?? []).compactMap(\.int).reduce(0, +)
    let bonus = settings["name"] == "b" ? 0.05 : 0
    return (1 - 1 / Double(hidden + 1)) * (1 - 1 / Double(epoch + 1)) + bonus
  }

  private func train(
    _ job: StageJob, _ onEvent: @Sendable (WorkerEvent) -> Void
  ) async throws -> Value {
    let key = job.settings.canonicalJSON
    let hidden = job.settings["hidden"]?.canonicalJSON ?? ""
    if state.withLock({ $0.failing.contains(hidden) }) { throw Diagnostic("eight is too wide") }
    let path = job.checkpoints + "/epoch"
    try Folder.create(job.checkpoints)
    let before = (try? Folder.contents(of: path)).flatMap {
      Int(String(decoding: $0, as: UTF8.self))
    }
    let epochs = job.settings["epochs"]?.int ?? 1
    func tell(_ epoch: Int) {
      onEvent(
        .measured(
          StageMeasurement(
            epoch: epoch, step: epoch, split: "validation",
            values: ["accuracy": Self.accuracy(job.settings, after: epoch)])))
    }
    for epoch in 0..<(before ?? 0) { tell(epoch + 1) }
    for epoch in (before ?? 0)..<epochs {
      try Task.checkCancellation()
      await Task.yield()
      state.withLock { $0.trained[key, default: 0] += 1 }
      try Folder.replaceFile(path, with: Array("\(epoch + 1)".utf8))
      tell(epoch + 1)
    }
    return ["validation": ["accuracy": .double(Self.accuracy(job.settings, after: epochs))]]
  }

  private func quantize(_ job: StageJob) throws -> Value {
    let bits = Double(job.settings["bits"]?.int ?? 8)
    let model = try #require(job.inputs["model"]?.first?.directory)
    let text = try Folder.contents(of: model + "/result.txt")
    let settings = try Value(parsingJSON: text, file: "model")
    let hidden = (settings["hidden"]?.array ?? []).compactMap(\.int).reduce(0, +)
    return [
      "bytes": .double(bits * Double(hidden)),
      "validation": [
        "accuracy": .double(Self.accuracy(settings, after: 9) - 0.5 / (bits * bits))
      ],
    ]
  }
}
