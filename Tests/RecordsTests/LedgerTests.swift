import Artifacts
import Diagnostics
import FoundationEssentials
import Pipeline
import Planning
import Records
import Running
import RunningSupport
import Testing
import YAML

@Suite struct LedgerTests {
  @Test func `keeps runs, what stages came to, and how long they took`() async throws {
    let place = try Workplace()
    let summary = try await place.run(FakeExecutor(metrics: ["model": ["loss": 0.5]]))
    let ledger = try #require(try Ledger(inspecting: try Store(inspecting: place.store)))
    for word in [summary.id, String(summary.id.prefix(15)), "last"] {
      #expect(try ledger.run(named: word).id == summary.id)
    }
    #expect(throws: Diagnostic.self) { try ledger.run(named: "never") }
    #expect(try ledger.runs(of: "chain").map(\.status) == [.succeeded])
    #expect(try ledger.runs(of: "other").isEmpty)
    let stages = try ledger.stages(of: summary.id)
    #expect(stages.map(\.address) == ["raw", "tidy", "model"])
    let expected = try #require(summary["model"]?.result)
    var model = try #require(stages.last?.result)
    // Times of day are kept to the microsecond.
    #expect(abs(model.finished.timeIntervalSince(expected.finished)) < 1e-5)
    model.finished = expected.finished
    #expect(model == expected)
    #expect(stages.last?.result?.metrics == ["loss": 0.5])
    #expect(stages.last?.inputs == ["data": ["tidy"]])
    let outputs = summary.stages.compactMap { $0.outcome.result?.output }
    let collection = try StoreCollection(
      of: try Store(inspecting: place.store), ledger, latest: 1)
    #expect(collection.outputs == Set(outputs))

    let history = try ledger.history(of: "chain")
    let instance = try #require(try place.graph()["model"])
    let past = PastRun(seconds: 2, threads: 2, peakMemory: 1 << 20)
    #expect(history.latest(of: instance) == past)
    #expect(try ledger.history(of: "other").latest(of: instance) == nil)
  }

  @Test(arguments: ["not a database, whatever it is called", "header"])
  func `puts damaged records aside and begins new ones`(damage: String) async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    let path = place.store + "/runs.sqlite"
    var bytes = try Folder.contents(of: path)
    if damage == "header" {
      for index in 100..<min(bytes.count, 4096) { bytes[index] = 0xAA }
    } else {
      bytes = Array(damage.utf8)
    }
    for ending in ["-wal", "-shm"] { try Folder.remove(path + ending) }
    try Folder.replaceFile(path, with: bytes)

    let ledger = try Ledger(opening: try Store(opening: place.store))
    #expect(
      ledger.warnings.map(\.message) == [
        "the run records '\(path)' are damaged and were put aside as '\(path).damaged-1'"
      ])
    #expect(try Folder.contents(of: path + ".damaged-1") == bytes)
    let again = try await place.run(FakeExecutor())
    #expect(again.words == ["raw": "ran", "tidy": "ran", "model": "ran"])
    for stage in first.stages {
      #expect(again[stage.address]?.result?.output == stage.outcome.result?.output)
    }
    #expect(try Ledger(opening: try Store(opening: place.store)).warnings == [])
  }

  /// As a file system leaves a file whose end it had no time to write, at every page and beside it.
  @Test func `records that are cut off anywhere cost their results and nothing else`() async throws
  {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    let path = place.store + "/runs.sqlite"
    let whole = try Folder.contents(of: path)
    let pages = stride(from: 4096, to: whole.count, by: 4096)
    let lengths = [0, 1, 16, 99, 100, 511, 512, 1024] + pages.flatMap { [$0 - 1, $0, $0 + 1] }
    for length in lengths + [whole.count - 1] {
      for ending in ["", "-wal", "-shm"] { try Folder.remove(path + ending) }
      for name in try Folder.names(in: place.store) where name.contains(".damaged-") {
        try Folder.remove(place.store + "/" + name)
      }
      try Folder.replaceFile(path, with: Array(whole[..<length]))
      var last = try await place.run(FakeExecutor())
      if last.status == .failed {
        #expect(
          last.problems.first?.message.contains("are damaged and were put aside") == true,
          "\(last.problems)")
        last = try await place.run(FakeExecutor())
      }
      #expect(last.status == .succeeded, "\(length): \(last.problems)")
      let aside = path + ".damaged-1"
      // A single byte counts as nothing, and of the last page nothing may have been needed yet. Its last
      // byte may end the name of a result, which is not found then.
      let isUnharmed =
        length <= 1 || Set(last.words.values) == ["fresh"]
        || (length == whole.count - 1 && last.words["model"] == "fresh")
      #expect(
        try isUnharmed || Folder.contents(of: aside) == Array(whole[..<length]), "\(length)")
      let settled = try await place.run(FakeExecutor())
      #expect(settled.didNothing, "\(length)")
      for stage in first.stages {
        #expect(settled[stage.address]?.result?.output == stage.outcome.result?.output)
      }
    }
  }

  @Test func `records that turn out damaged in the middle are put aside for the next run`()
    async throws
  {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let path = place.store + "/runs.sqlite"
    var bytes = try Folder.contents(of: path)
    for index in 4096..<bytes.count { bytes[index] = 0xAA }
    try Folder.replaceFile(path, with: bytes)
    let broken = try await place.run(FakeExecutor())
    #expect(broken.status == .failed)
    #expect(try await place.run(FakeExecutor()).status == .succeeded)
    #expect(try FileStatus(of: path + ".damaged-1") != nil)
  }

  @Test func `refuses records of a newer program`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    // The version that SQLite keeps for programs stands at byte 60 of the file, most significant first.
    var bytes = try Folder.contents(of: place.store + "/runs.sqlite")
    bytes[63] = 200
    try Folder.replaceFile(place.store + "/runs.sqlite", with: bytes)
    let thrown = #expect(throws: Diagnostic.self) {
      try Ledger(opening: try Store(opening: place.store))
    }
    #expect(thrown?.message.contains("have format 200") == true)
  }

  @Test func `a store of a newer program is refused`() throws {
    let place = try Workplace()
    _ = try Store(opening: place.store)
    try place.write(".anneal/format", "9\n")
    #expect(throws: Diagnostic.self) { try place.statuses() }
    #expect(throws: Diagnostic.self) { try place.runner(FakeExecutor()) }
  }
}
