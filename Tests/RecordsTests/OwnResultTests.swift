import Artifacts
import Diagnostics
import Foundation
import Pipeline
import Records
import Reports
import Running
import RunningSupport
import Testing
import YAML

/// Results of runs that did the same stages again.
@Suite struct `A run's own results` {
  private let place: Workplace

  init() throws { place = try Workplace() }

  /// Runs everything, whatever is there; each time something else comes out.
  private func force(_ loss: Double, tags: [String] = []) async throws -> RunSummary {
    let text = "came to \(loss)"
    return try await place.run(
      FakeExecutor(metrics: ["model": ["loss": .double(loss)]], works: ["model": { _ in text }])
    ) {
      $0.isForced = true
      $0.tags = tags
    }
  }

  private func losses(_ run: RunSummary, in ledger: Ledger) throws -> [Value] {
    try ledger.stages(of: run.id).compactMap { $0.result?.metrics["loss"] }
  }

  @Test func `stay as they were when the same is done again`() async throws {
    let first = try await force(0.5)
    let ledger = try place.ledger()
    let page = RunPage(try ledger.run(named: first.id), try ledger.stages(of: first.id)).html
    let second = try await force(0.25)
    #expect(try losses(first, in: ledger) == [0.5])
    #expect(try losses(second, in: ledger) == [0.25])
    #expect(
      RunPage(try ledger.run(named: first.id), try ledger.stages(of: first.id)).html == page)
    let outputs = try [first, second].map { run in
      try ledger.stages(of: run.id).compactMap { $0.result?.output }
    }
    #expect(outputs[0].prefix(2) == outputs[1].prefix(2))
    #expect(outputs[0].last != outputs[1].last)
    // The next run takes up the latest, and its record says whose that is.
    let third = try await place.run(FakeExecutor(), set: ["stages.raw.load.target=b"]) {
      $0.tags = ["third"]
    }
    #expect(third.words["model"] == "ran")
    let idle = try await place.run(FakeExecutor()) { $0.tags = ["idle"] }
    let kept = try ledger.stages(of: idle.id)
    #expect(kept.map(\.outcome) == [.fresh, .fresh, .fresh])
    #expect(kept.last?.result?.metrics["loss"] == 0.25)
    #expect(kept.last?.result?.run == second.id && kept.last?.seconds == nil)
    #expect(kept.last?.origin == "made by run \(second.id) in 2 s")
  }

  @Test func `are kept with a run that is kept, and taken up again when others go`() async throws {
    let first = try await force(0.5, tags: ["keep"])
    let second = try await force(0.25)
    _ = try await place.run(FakeExecutor(), set: ["stages.model.train.epochs=9"])
    try Folder.remove(place.folder + "/p.lock.yaml")
    let store = try Store(opening: place.store)
    let ledger = try place.ledger()
    let collection = try StoreCollection(of: store, ledger, latest: 1)
    _ = try store.collect {
      try collection.settle()
      return (collection.outputs, [])
    }
    let (old, new) = (
      try #require(first["model"]?.result), try #require(second["model"]?.result)
    )
    #expect(store.contains(old.output) && !store.contains(new.output))
    #expect(try ledger.output(for: old.key) == old.output)
    #expect(try await place.run(FakeExecutor()).didNothing)
    #expect(try losses(second, in: ledger) == [0.25])
  }

  @Test func `are all read and kept of a program that had one for each key`() async throws {
    let first = try await force(0.5)
    let other = try await place.run(FakeExecutor(), set: ["stages.model.train.epochs=9"])
    let second = try await force(0.25)
    try place.ageRecords()
    let before = try Folder.contents(of: place.store + "/runs.sqlite")
    let seen = try #require(try Ledger(inspecting: try Store(inspecting: place.store)))
    try check(seen, first, other, second)
    #expect(try place.statuses().values.allSatisfy(\.isFresh))
    #expect(try Folder.contents(of: place.store + "/runs.sqlite") == before)

    let ledger = try place.ledger()
    try check(ledger, first, other, second)
    #expect(try await place.run(FakeExecutor()).didNothing)
    let third = try await force(0.125)
    try check(ledger, first, other, second)
    #expect(try losses(third, in: ledger) == [0.125])
  }

  @Test func `are all read and kept of a program that did not tell how they came about`()
    async throws
  {
    let runs = [try await force(0.5), try await force(0.25)]
    try place.ageRecordsToFormat3()
    let before = try Folder.contents(of: place.store + "/runs.sqlite")
    func check(_ ledger: Ledger) throws {
      for (run, loss) in zip(runs, [0.5, 0.25] as [Value]) {
        #expect(try losses(run, in: ledger) == [loss])
        let stages = try ledger.stages(of: run.id)
        #expect(
          stages.compactMap(\.result?.output)
            == run.stages.compactMap { run[$0.address]?.result?.output })
        #expect(stages.filter(\.isReplaced).isEmpty)
        #expect(stages.compactMap(\.result).filter { !$0.origin.isUsual }.isEmpty)
      }
      #expect(try ledger.history(of: "chain").latest(of: place.graph().instances[2]) != nil)
    }
    let seen = try #require(try Ledger(inspecting: try Store(inspecting: place.store)))
    try check(seen)
    #expect(try place.statuses().values.allSatisfy(\.isFresh))
    #expect(try Folder.contents(of: place.store + "/runs.sqlite") == before)

    let ledger = try place.ledger()
    try check(ledger)
    #expect(try await place.run(FakeExecutor()).didNothing)
    let third = try await force(0.125)
    try check(ledger)
    #expect(try losses(third, in: ledger) == [0.125])
    // Once more finds nothing to bring up to date.
    try check(try place.ledger())
  }

  /// What an older program kept of three runs, the last of which replaced a result of the first.
  private func check(
    _ ledger: Ledger, _ first: RunSummary, _ other: RunSummary, _ second: RunSummary
  ) throws {
    #expect(try ledger.runs().map(\.id).suffix(3) == [second.id, other.id, first.id])
    #expect(try losses(second, in: ledger) == [0.25])
    let model = try #require(try ledger.stages(of: first.id).last)
    // Its own is gone, and what stands there is said to be another's.
    #expect(model.isReplaced && model.seconds == nil)
    #expect(model.origin?.hasPrefix("what stands here was made later, on ") == true)
    for run in [other, second] {
      let stages = try ledger.stages(of: run.id)
      let ran = stages.filter { $0.outcome == .ran }
      #expect(!ran.isEmpty && ran.filter(\.isReplaced).isEmpty)
      #expect(
        ran.compactMap(\.result?.output) == ran.compactMap { run[$0.address]?.result?.output })
    }
    #expect(try ledger.history(of: "chain").latest(of: place.graph().instances[2]) != nil)
  }
}
