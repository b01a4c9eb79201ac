import Artifacts
import Diagnostics
import Foundation
import Pipeline
import Records
import Running
import RunningSupport
import Testing
import YAML

@Suite struct `Run records` {
  @Test func `keep what surrounded the run`() async throws {
    let place = try Workplace()
    let id = try await place.run(FakeExecutor()) {
      $0.invocation = Invocation(
        version: "1.2.3", arguments: ["run", "p.yaml", "--set", "vars.x=a b"],
        overrides: ["vars.x=a b"], profiles: ["quick"])
      $0.tags = ["first"]
    }.id
    let run = try place.ledger().run(named: "last")
    #expect(run.id == id)
    #expect(run.path == place.folder + "/p.yaml")
    #expect(run.tags == ["first"])
    let environment = run.environment
    #expect(environment.version == "1.2.3")
    #expect(environment.overrides == ["vars.x=a b"] && environment.profiles == ["quick"])
    #expect(run.commandLine == "anneal run p.yaml --set 'vars.x=a b'")
    #expect(environment.kernel.hasPrefix("Linux "))
    #expect(environment.workingDirectory == FileManager.default.currentDirectoryPath)
    #expect(RunEnvironment(environment.value) == environment)
    // No person and no host is named.
    let name = ProcessInfo.processInfo.hostName
    #expect(!environment.value.canonicalJSON.contains("\"\(name)\""))
  }

  @Test func `keep the revision of the pipeline's folder and what changed since`() async throws {
    let place = try Workplace()
    try place.git("init", "--quiet", "--initial-branch", "main")
    try place.git("add", "p.yaml", "a.csv")
    try place.git("commit", "--quiet", "-m", "first")
    _ = try await place.run(FakeExecutor())
    let clean = try #require(try place.ledger().run(named: "last").environment.git)
    #expect(clean.revision.count == 40 && clean.branch == "main")
    #expect(!clean.isDirty)

    // Lock files are written by runs and say nothing of the sources.
    try place.git("add", "p.lock.yaml")
    try place.write("a.csv", "a,b\n3,4\n")
    _ = try await place.run(FakeExecutor())
    let dirty = try #require(try place.ledger().run(named: "last").environment.git)
    #expect(dirty.revision == clean.revision)
    #expect(dirty.changed == ["a.csv"])

    // A run that does nothing is not recorded, and does not ask.
    let idle = try await place.run(FakeExecutor())
    #expect(idle.didNothing && idle.id.isEmpty)
    #expect(try place.ledger().runs().count == 2)
  }

  @Test func `are found by tag, and say what people noted`() async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor()).id
    let second = try await place.run(FakeExecutor()) { $0.isForced = true }.id
    let ledger = try place.ledger()
    try ledger.tag(first, "good")
    try ledger.tag(first, "best")
    try ledger.tag(first, "best")
    try ledger.note(first, "the one of the paper")
    #expect(try ledger.runs().map(\.id) == [second, first])
    #expect(try ledger.runs(tagged: "best").map(\.tags) == [["best", "good"]])
    #expect(try ledger.runs(at: place.folder + "/p.yaml", tagged: "best").map(\.id) == [first])
    #expect(try ledger.runs(at: place.folder + "/other.yaml").isEmpty)
    #expect(try ledger.run(named: "best").note == "the one of the paper")
    try ledger.untag(first, "best")
    #expect(try ledger.tags() == ["good"])
    #expect(throws: Diagnostic.self) { try ledger.run(named: "best") }
  }

  @Test(arguments: ["", "last", "2026", "a b", "a,b", "é", String(repeating: "x", count: 65)])
  func `have no tags that could be mistaken`(name: String) {
    #expect(throws: Diagnostic.self) { try RunTag.check(name) }
  }

  @Test func `tell a run that goes on from one whose process is gone`() async throws {
    let place = try Workplace()
    let store = try Store(opening: place.store)
    let ledger = try place.ledger()
    var run = try ledger.run(named: try await place.run(FakeExecutor()).id)
    run.id = "20260101-000000-abcd"
    run.status = .running
    run.finished = nil
    try ledger.begin(run)
    var mark: RunMark? = try RunMark(claiming: &run.id, begun: run.started, in: store)
    #expect(run.id == "20260101-000000-abcd")
    #expect(try ledger.run(named: run.id).status == .running)
    withExtendedLifetime(mark) {}
    mark = nil
    #expect(try ledger.run(named: run.id).status == .interrupted)
    #expect(try ledger.runs().map(\.status) == [.interrupted, .succeeded])
  }

  @Test func `have names of their own though they begin in the same second`() throws {
    let place = try Workplace()
    let store = try Store(opening: place.store)
    let begun = Date(timeIntervalSince1970: 0)
    var names = ["19700101-000000-0000", "19700101-000000-0000"]
    let marks = try names.indices.map { index in
      try RunMark(claiming: &names[index], begun: begun, in: store)
    }
    withExtendedLifetime(marks) {
      #expect(names[0] == "19700101-000000-0000" && names[1] != names[0])
      #expect(names[1].hasPrefix("19700101-000000-"))
    }
  }

  @Test func `of an older program are kept, looked at as they are, and brought up to date`()
    async throws
  {
    let place = try Workplace()
    let store = try Store(opening: place.store)
    try place.copyReference("ledger-1.sqlite", to: ".anneal/runs.sqlite")
    let before = try Folder.contents(of: place.store + "/runs.sqlite")
    let seen = try #require(try Ledger(inspecting: store))
    let old = try #require(try seen.runs().first)
    #expect(old.pipeline == "chain" && old.status == .succeeded && old.tags.isEmpty)
    #expect(try Folder.contents(of: place.store + "/runs.sqlite") == before)

    let ledger = try Ledger(opening: store)
    let kept = try ledger.run(named: old.id)
    #expect(kept.started == old.started && kept.environment == RunEnvironment())
    #expect(try ledger.stages(of: old.id).map(\.address) == ["raw", "tidy", "model"])
    try ledger.tag(old.id, "old")
    _ = try await place.run(FakeExecutor())
    #expect(try ledger.runs().map(\.tags) == [[], ["old"]])
  }
}
