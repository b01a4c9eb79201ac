import Artifacts
import Diagnostics
import Records
import Running
import RunningSupport
import Testing

@Suite struct `Collecting` {
  @Test func `keeps what locks, tags and the latest runs need`() async throws {
    let place = try Workplace()
    let tagged = try await place.run(FakeExecutor(), set: ["stages.model.train.epochs=1"]) {
      $0.tags = ["keep"]
    }
    let old = try await place.run(FakeExecutor(), set: ["stages.model.train.epochs=2"])
    let locked = try await place.run(FakeExecutor(), set: ["stages.model.train.epochs=4"])
    let lock = try place.text("p.lock.yaml")
    let last = try await place.run(FakeExecutor(), set: ["stages.model.train.epochs=5"])
    try place.write("p.lock.yaml", lock)
    try Folder.create(place.store + "/checkpoints/\(String(repeating: "a", count: 64))")
    try Folder.create(place.store + "/checkpoints/stray")

    let store = try Store(opening: place.store)
    let ledger = try Ledger(opening: store)
    let collection = try StoreCollection(of: store, ledger, latest: 1)
    #expect(collection.runs == [tagged.id, last.id])
    #expect(collection.locks == [place.folder + "/p.lock.yaml"])
    let dropped = try collection.dropped()
    #expect(dropped.map(\.run) == [old.id] && dropped.map(\.address) == ["model"])
    let before = try FileTree.entries(below: place.store + "/objects").count
    let leftovers = try collection.leftovers()
    let surplus = try store.surplus(keeping: collection.outputs, removing: leftovers)
    #expect(try FileTree.entries(below: place.store + "/objects").count == before)
    #expect(leftovers.contains("runs/\(old.id)") && leftovers.contains("checkpoints/stray"))
    // A checkpoint of a stage that did not finish since the kept runs may still be gone on from.
    #expect(!leftovers.contains { $0.hasPrefix("checkpoints/aaaa") })
    #expect(!leftovers.contains("runs/\(last.id)") && !leftovers.contains("runs/\(tagged.id)"))

    let collected = try store.collect { (collection.outputs, leftovers) }
    #expect(collected == surplus && collected.objects == 2)
    for (summary, stays) in [(tagged, true), (old, false), (locked, true), (last, true)] {
      let output = try #require(summary["model"]?.result?.output)
      #expect(store.contains(output) == stays)
    }
    #expect(try FileStatus(of: place.store + "/runs/\(old.id)") == nil)
    #expect(try ledger.run(named: old.id).status == .succeeded)
  }

  @Test func `keeps what lock files of other branches and stashes need`() async throws {
    let place = try Workplace()
    try place.write(".gitignore", ".anneal")
    try place.git("init", "-q", "-b", "main", ".")
    var outputs: [Digest] = []
    func run(_ epochs: Int) async throws {
      try place.write("p.yaml", Workplace.chain.replacing("epochs: 3", with: "epochs: \(epochs)"))
      let summary = try await place.run(FakeExecutor())
      outputs.append(try #require(summary["model"]?.result?.output))
    }
    try await run(1)
    try place.git("add", "-A")
    try place.git("commit", "-qm", "main")
    try place.git("checkout", "-qb", "other")
    try await run(2)
    try place.git("commit", "-qam", "other")
    try place.git("checkout", "-q", "main")
    for epochs in [4, 5] {
      try await run(epochs)
      try place.git("stash", "-q")
    }
    try await run(6)
    try place.git("add", "-A")
    try await run(7)
    try await run(8)

    let store = try Store(opening: place.store)
    let ledger = try Ledger(opening: store)
    func kept(_ heedsBranches: Bool) throws -> [Bool] {
      let collection = try StoreCollection(
        of: store, ledger, latest: 1, heedsBranches: heedsBranches)
      return outputs.map(collection.outputs.contains)
    }
    #expect(try kept(true) == [true, true, true, true, true, false, true])
    #expect(try kept(false) == [false, false, false, false, false, false, true])

    // What git cannot tell is no reason to remove anything.
    try place.write(".git/HEAD", "garbage")
    let thrown = #expect(throws: Diagnostic.self) { try kept(true) }
    #expect(thrown?.message.hasPrefix("git does not tell which lock files the branches of") == true)
    #expect(thrown?.notes.first?.message.hasSuffix("--ignore-branches") == true)
    #expect(try kept(false).last == true)
  }

  @Test func `refuses while another process uses the store`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let other = try Store(opening: place.store)
    let thrown = #expect(throws: Diagnostic.self) {
      try Store(opening: place.store).collect { ([], []) }
    }
    #expect(thrown?.message.contains("another anneal process is using the store") == true)
    #expect(thrown?.notes.first?.message.hasPrefix("wait until it has finished") == true)
    #expect(try !FileTree.entries(below: other.root + "/objects").isEmpty)
  }
}
