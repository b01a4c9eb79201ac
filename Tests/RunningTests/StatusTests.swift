import Artifacts
import Records
import Running
import RunningSupport
import Testing

@Suite struct `Status of stages` {
  @Test func `without a store everything would run, and none is made`() throws {
    let place = try Workplace()
    let statuses = try place.statuses()
    #expect(statuses["raw"]?.state == .stale)
    #expect(statuses["model"]?.reason == "it has not run yet")
    #expect(try FileStatus(of: place.store) == nil)
  }

  @Test func `names the first difference and what follows from it`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    #expect(try place.statuses().values.allSatisfy(\.isFresh))

    let changed = try place.statuses(set: ["stages.model.train.epochs=12"])
    #expect(changed["tidy"]?.isFresh == true)
    #expect(changed["model"]?.state == .stale)
    #expect(changed["model"]?.reason == "train.epochs 3 → 12")

    try place.write("a.csv", "a,b\n5,6\n7,8\n")
    let statuses = try place.statuses(set: ["stages.model.train.epochs=12"])
    #expect(statuses["raw"]?.reason == "the file 'a.csv' has other content")
    #expect(statuses["tidy"]?.state == .undecided)
    #expect(statuses["tidy"]?.reason == "'raw' runs before it")
    #expect(statuses["model"]?.reason == "train.epochs 3 → 12")
  }

  @Test func `knows of conditions that are false whatever runs before`() async throws {
    let place = try Workplace(
      """
      pipeline: chain
      vars: {big: false}
      stages:
        raw: {load: {csv: a.csv}}
        tidy: {from: raw, when: vars.big, clean: [drop]}
        model: {from: raw, when: metrics.tidy.rows > 0, train: {epochs: 3}}
      """)
    let reasons = [
      "tidy": "its condition is false", "model": "its condition asks for 'tidy', which was skipped",
    ]
    let before = try place.statuses()
    #expect(before["raw"]?.state == .stale)
    #expect(before["tidy"]?.state == .skipped && before["tidy"]?.reason == reasons["tidy"])
    let summary = try await place.run(FakeExecutor())
    let after = try place.statuses()
    for (stage, reason) in reasons {
      #expect(summary.words[stage] == "skipped" && after[stage]?.state == .skipped)
      #expect(after[stage]?.reason == reason)
    }
  }

  @Test func `changes nothing in the store`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let before = try FileTree.entries(below: place.store)
    _ = try place.statuses()
    let after = try FileTree.entries(below: place.store)
    #expect(before.map(\.path) == after.map(\.path))
    #expect(before.map(\.status.modified) == after.map(\.status.modified))
  }

  @Test func `tells when an output is lost, and a run makes it anew`() async throws {
    let place = try Workplace()
    let summary = try await place.run(FakeExecutor())
    let output = try #require(summary["tidy"]?.result?.output)
    try Folder.remove(try Store(inspecting: place.store).layout.object(output))
    #expect(try place.statuses()["tidy"]?.reason == "its output is not in the store any more")
    let executor = FakeExecutor()
    #expect(try await place.run(executor).words["tidy"] == "ran")
    #expect(executor.begun == ["tidy"])
  }
}
