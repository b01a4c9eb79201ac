import Artifacts
import Diagnostics
import Pipeline
import Records
import Running
import RunningSupport
import Synchronization
import Testing
import YAML

@Suite struct RunnerTests {
  @Test func `a second run does nothing and says so`() async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    #expect(first.words == ["raw": "ran", "tidy": "ran", "model": "ran"])
    #expect(!first.didNothing)
    let lock = try place.text("p.lock.yaml")
    let again = FakeExecutor()
    let second = try await place.run(again)
    #expect(second.didNothing)
    #expect(second.status == .succeeded)
    #expect(again.begun.isEmpty)
    #expect(try place.text("p.lock.yaml") == lock)
  }

  @Test func `a changed setting runs what needs it and nothing else`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let executor = FakeExecutor()
    let summary = try await place.run(executor, set: ["stages.model.train.epochs=4"])
    #expect(executor.begun == ["model"])
    #expect(summary.words == ["raw": "fresh", "tidy": "fresh", "model": "ran"])
    // What was made before is there still.
    #expect(try await place.run(FakeExecutor()).didNothing)
  }

  @Test func `an output that did not change cuts off what depends on it`() async throws {
    let place = try Workplace()
    let works: [String: FakeExecutor.Work] = ["tidy": { _ in "the same" }]
    _ = try await place.run(FakeExecutor(works: works))
    try place.write("a.csv", "a,b\n1,2\n3,4\n")
    let executor = FakeExecutor(works: ["raw": { _ in "other rows" }, "tidy": { _ in "the same" }])
    let summary = try await place.run(executor)
    #expect(executor.begun == ["raw", "tidy"])
    #expect(summary.words["model"] == "fresh")
  }

  @Test func `force runs what is there already`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let summary = try await place.run(FakeExecutor()) { $0.isForced = true }
    #expect(Set(summary.words.values) == ["ran"])
  }

  @Test func `only what is asked for runs, and the lock file keeps the rest`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let executor = FakeExecutor()
    let summary = try await place.run(executor, set: ["stages.raw.load.target=b"]) {
      $0.selection = StageSelection(["raw"])
    }
    #expect(executor.begun == ["raw"])
    #expect(summary.stages.map(\.address) == ["raw"])
    let lock = try #require(try LockFile(reading: place.folder + "/p.lock.yaml"))
    #expect(Set(lock.stages.keys) == ["raw", "tidy", "model"])
  }

  @Test(arguments: [false, true])
  func `a failure spares what does not depend on it only when told to keep going`(
    keepsGoing: Bool
  ) async throws {
    let place = try Workplace(
      """
      pipeline: fork
      stages:
        raw: {load: {csv: a.csv}}
        bad: {from: raw, clean: [drop]}
        after: {from: bad, clean: [drop]}
        other: {from: raw, normalize: {}}
      """)
    let broken = Diagnostic("no row is left", remedy: "drop less")
    let executor = FakeExecutor(works: ["bad": { _ in throw broken }])
    let summary = try await place.run(executor) { request in
      request.keepsGoing = keepsGoing
      request.jobs = 1
    }
    #expect(summary.status == .failed)
    #expect(summary.words["bad"] == "failed")
    #expect(summary.words["other"] == (keepsGoing ? "ran" : "cancelled"))
    #expect(summary.words["after"] == "skipped")
    guard case .failed(let problems) = summary["bad"] else { return }
    #expect(problems.all.map(\.message) == [broken.message])
    #expect(problems.all.map(\.notes) == [broken.notes])
    #expect(problems.first?.location?.line == 4, "it happened in the stage")
    let report = try #require(summary.reportPath)
    #expect(
      String(decoding: try Folder.contents(of: report), as: UTF8.self).contains("no row is left"))
    // What succeeded stays, and nothing of the failed attempt does.
    let repaired = FakeExecutor()
    #expect(try await place.run(repaired).status == .succeeded)
    #expect(!repaired.begun.contains("raw"))
  }

  @Test func `a failed attempt is tried again and its output thrown away`() async throws {
    let place = try Workplace(
      """
      pipeline: p
      stages:
        raw: {retries: 2, load: {csv: a.csv}}
      """)
    let outputs = Mutex<[String]>([])
    let executor = FakeExecutor(works: [
      "raw": { job in
        let attempt = outputs.withLock { outputs in
          outputs.append(job.output)
          return outputs.count
        }
        if attempt < 3 { throw Diagnostic("not yet") }
        return "done"
      }
    ])
    let retries = Mutex<[Int]>([])
    let summary = await (try place.runner(executor)).run { event in
      if case .stageRetries(_, _, let attempt) = event { retries.withLock { $0.append(attempt) } }
    }
    #expect(summary.words == ["raw": "ran"])
    #expect(retries.withLock { $0 } == [2, 3])
    for output in outputs.withLock({ $0 }) { #expect(try FileStatus(of: output) == nil) }
    #expect(try Folder.names(in: place.store + "/checkpoints").isEmpty)
  }

  @Test func `an attempt that takes too long fails with its limit`() async throws {
    let place = try Workplace(
      """
      pipeline: p
      stages:
        raw: {timeout: 1s, load: {csv: a.csv}}
      """)
    let executor = FakeExecutor(works: ["raw": { _ in try await Self.waitForCancellation() }])
    let summary = try await place.run(executor)
    guard case .failed(let problems) = summary["raw"] else {
      Issue.record("\(summary.words)")
      return
    }
    #expect(problems.first?.message == "stage 'raw' took longer than its limit of 1s")
  }

  @Test func `cancelling leaves what is done and is continued later`() async throws {
    let place = try Workplace()
    let executor = FakeExecutor(works: ["tidy": { _ in try await Self.waitForCancellation() }])
    let runner = try place.runner(executor)
    let (begun, announce) = AsyncStream<Void>.makeStream()
    let run = Task {
      await runner.run { event in
        if case .stageStarted("tidy", _, _) = event { announce.yield() }
      }
    }
    for await _ in begun { break }
    run.cancel()
    let summary = await run.value
    #expect(summary.status == .cancelled)
    #expect(summary.words["raw"] == "ran")
    #expect(summary.words["model"] == "cancelled")
    let next = FakeExecutor()
    #expect(try await place.run(next).status == .succeeded)
    #expect(next.begun == ["tidy", "model"])
  }

  @Test func `two runners on one store do each stage once`() async throws {
    let place = try Workplace()
    let first = FakeExecutor()
    let second = FakeExecutor()
    let runners = [try place.runner(first), try place.runner(second)]
    async let one = runners[0].run()
    async let two = runners[1].run()
    let summaries = await [one, two]
    #expect(summaries.allSatisfy { $0.status == .succeeded })
    #expect((first.begun + second.begun).sorted() == ["model", "raw", "tidy"])
  }

  @Test func `a mutex holds in all runs of a store, and waiting for it can be cancelled`()
    async throws
  {
    let place = try Workplace(
      """
      pipeline: p
      stages:
        raw: {mutex: [license, gpu], load: {csv: a.csv}}
      """)
    let (begun, begin) = AsyncStream<Void>.makeStream()
    let (released, release) = AsyncStream<Void>.makeStream()
    let first = try place.runner(
      FakeExecutor(works: [
        "raw": { _ in
          begin.yield()
          for await _ in released { break }
          return "done"
        }
      ]))
    let one = Task { await first.run() }
    for await _ in begun { break }

    let (waiting, wait) = AsyncStream<String>.makeStream()
    let executor = FakeExecutor()
    func other() throws -> Task<RunSummary, Never> {
      let runner = try place.runner(executor, set: ["stages.raw.load.target=b"])
      return Task {
        await runner.run { event in
          if case .stageWaitsForGroup("raw", let group) = event { wait.yield(group) }
        }
      }
    }
    let cancelled = try other()
    for await group in waiting {
      #expect(group == "gpu")
      break
    }
    cancelled.cancel()
    #expect(await cancelled.value.status == .cancelled)

    let patient = try other()
    for await _ in waiting { break }
    #expect(executor.begun.isEmpty)
    release.yield()
    #expect(await one.value.words == ["raw": "ran"])
    #expect(await patient.value.words == ["raw": "ran"])
  }

  @Test func `a missing file fails its stage with a remedy`() async throws {
    let place = try Workplace()
    try Folder.remove(place.folder + "/a.csv")
    let summary = try await place.run(FakeExecutor())
    guard case .failed(let problems) = summary["raw"] else { return }
    #expect(problems.first?.message == "there is no file 'a.csv'")
    #expect(problems.first?.notes.isEmpty == false)
  }

  private static func waitForCancellation() async throws -> String {
    while true { try await Task.sleep(for: .seconds(3600)) }
  }
}
