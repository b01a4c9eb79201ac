import Artifacts
import Diagnostics
import Hardware
import Pipeline
import Records
import Running
import RunningSupport
import Synchronization
import Testing
import YAML

@Suite struct `Verifying` {
  private static let deployed = """
    pipeline: p
    stages:
      raw: {load: {csv: a.csv}}
      model: {from: raw, train: {epochs: 3}}
      shipped: {from: model, accelerate: {}}
    """

  @Test func `finds every bit as it is locked, and names what is not`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor(metrics: ["model": ["loss": 0.5]]))
    let again = FakeExecutor(metrics: ["model": ["loss": 0.5]])
    let same = try await place.verify(again)
    #expect(same.map(\.outcome) == [.same, .same, .same])
    #expect(again.begun == ["raw", "tidy", "model"])

    let drifted = FakeExecutor(works: ["model": { _ in "other bits" }])
    let differs = try await place.verify(drifted, ["model"])
    #expect(differs.map(\.outcome) == [.differs])
    #expect(differs[0].facts[0].hasPrefix("'result.txt' differs: it had "))
    #expect(drifted.begun == ["model"])
  }

  @Test func `makes inputs again that are not in the store, and stops where they differ`()
    async throws
  {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try Folder.remove(place.store)
    let executor = FakeExecutor()
    let verdicts = try await place.verify(executor, ["model"])
    #expect(verdicts.map(\.address) == ["raw", "tidy", "model"])
    #expect(verdicts.allSatisfy { $0.outcome == .same })
    // What was made again is what was locked, so a run has nothing to do.
    #expect(try await place.run(FakeExecutor()).didNothing)

    try Folder.remove(place.store)
    let drifted = FakeExecutor(works: ["tidy": { _ in "other bits" }])
    let stopped = try await place.verify(drifted, ["model"])
    #expect(stopped.map(\.outcome) == [.same, .differs, .unchecked])
    #expect(stopped[2].facts[0].contains("its input 'tidy' is not in the store"))
  }

  @Test func `says that settings or files are others before running anything`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.write("a.csv", "a,b\n5,6\n")
    let executor = FakeExecutor()
    let verdicts = try await place.verify(
      executor, ["raw", "model"], set: ["stages.model.train.epochs=4"])
    #expect(verdicts.map(\.outcome) == [.differs, .differs])
    #expect(verdicts[0].facts.contains { $0.contains("a.csv") })
    #expect(verdicts[1].facts.contains { $0.contains("epochs 3 → 4") })
    #expect(executor.begun.isEmpty)
  }

  @Test func `runs under the recorded numerics, and refuses a machine that has not got them`()
    async throws
  {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let executor = FakeExecutor(works: [
      "model": { job in "\(job.resources.instructionSet) \(job.resources.threads)" }
    ])
    let verdicts = try await place.verify(executor, ["model"])
    #expect(verdicts[0].outcome == .differs)

    // The fakes record AVX2, which this machine is said not to have.
    let old = Machine(cores: 1, memory: 1 << 30)
    let refused = try await place.verify(FakeExecutor(), ["model"], machine: old)
    #expect(refused.map(\.outcome) == [.unchecked])
    #expect(refused[0].facts[0].hasPrefix("it ran with avx2, and this processor has baseline"))
  }

  @Test func `says before it runs anything that another engine is installed`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor(engine: "libtorch 2.14.0"))
    let told = Mutex<[String]>([])
    func tell(_ event: VerifyEvent) {
      told.withLock { told in
        switch event {
        case .warning(let warning): told.append(warning.message)
        case .started(let address): told.append(address)
        case .finished: break
        }
      }
    }
    let again = FakeExecutor(engine: "libtorch 2.15.0")
    let verdicts = try await place.verify(
      again, ["raw", "model"], engine: "libtorch 2.15.0", onEvent: tell)
    #expect(
      told.withLock { $0 } == [
        "libtorch 2.14.0 computed what is locked, and libtorch 2.15.0 is installed here (raw, model)",
        "raw", "model",
      ])
    #expect(verdicts.allSatisfy { $0.outcome == .same && $0.remarks.count == 1 })
    told.withLock { $0 = [] }
    _ = try await place.verify(again, ["raw"], engine: "libtorch 2.14.0", onEvent: tell)
    #expect(told.withLock { $0 } == ["raw"])
  }

  @Test func `leaves times out where a stage measures, and says so`() async throws {
    let place = try Workplace(Self.deployed)
    _ = try await place.run(FakeExecutor(metrics: ["shipped": ["median-ms": 1.5]]))
    let lock = try #require(try LockFile(reading: place.folder + "/p.lock.yaml"))
    #expect(lock.stages["shipped"]?.files.keys.sorted() == ["result.txt"])
    #expect(lock.stages["model"]?.files.isEmpty == true)

    let slower = FakeExecutor(
      metrics: ["shipped": ["median-ms": 2.5]], writesMetrics: true)
    let verdicts = try await place.verify(slower)
    #expect(verdicts.map(\.outcome) == [.differs, .differs, .measured])
    #expect(verdicts[2].remarks[0].contains("left out, because they hold times: metrics.json"))
    #expect(verdicts[2].remarks[0].contains("compared: result.txt"))

    let other = FakeExecutor(works: ["shipped": { _ in "another model" }])
    let differs = try await place.verify(other, ["shipped"])
    #expect(differs[0].outcome == .differs)
  }

  @Test func `a locked run passes on a fresh clone although a measurement differs`() async throws {
    let place = try Workplace(Self.deployed)
    _ = try await place.run(FakeExecutor(metrics: ["shipped": ["ms": 1]], writesMetrics: true))
    let lock = try place.text("p.lock.yaml")
    try Folder.remove(place.store)
    let fresh = try await place.run(
      FakeExecutor(metrics: ["shipped": ["ms": 2]], writesMetrics: true)
    ) { $0.isLocked = true }
    #expect(fresh.status == .succeeded, "\(fresh.problems)")
    #expect(try place.text("p.lock.yaml") == lock)

    try Folder.remove(place.store)
    let other = FakeExecutor(
      metrics: ["shipped": ["ms": 2]], works: ["shipped": { _ in "another model" }],
      writesMetrics: true)
    let differs = try await place.run(other) { $0.isLocked = true }
    #expect(differs.status == .differed)
    #expect(differs.words["shipped"] == "failed")
  }
}
