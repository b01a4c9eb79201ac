import Processes
import Artifacts
import Diagnostics
import Foundation
import Pipeline
import Records
import Running
import RunningSupport
import TestSupport
import Testing
import YAML

@Suite struct `Archives of runs` {
  @Test func `take a run to an empty folder, where nothing is to do and all verifies`() async throws
  {
    let place = try Workplace()
    let metrics: [String: Value] = ["model": ["loss": 0.25]]
    let first = try await place.run(FakeExecutor(metrics: metrics)) {
      $0.tags = ["paper"]
      $0.invocation = Invocation(version: "1")
    }
    try place.export("last", to: "run.tar")

    let elsewhere = try Workplace("")
    try Folder.remove(elsewhere.folder + "/p.yaml")
    try Folder.remove(elsewhere.folder + "/a.csv")
    let outcome = try elsewhere.importRun(place.folder + "/run.tar")
    #expect(outcome.files == 3 && outcome.missing.isEmpty)
    #expect(try elsewhere.text("p.yaml") == place.text("p.yaml"))
    #expect(try elsewhere.text("a.csv") == place.text("a.csv"))
    #expect(try elsewhere.text("p.lock.yaml") == place.text("p.lock.yaml"))
    let run = try elsewhere.ledger().run(named: "paper")
    #expect(run.id == first.id && run.path == elsewhere.folder + "/p.yaml")
    #expect(run.environment.version == "1")

    let executor = FakeExecutor(metrics: metrics)
    #expect(try await elsewhere.run(executor) { $0.isLocked = true }.didNothing)
    #expect(executor.begun.isEmpty)
    let verdicts = try await elsewhere.verify(FakeExecutor(metrics: metrics))
    #expect(verdicts.map(\.outcome) == [.same, .same, .same])
    // The same again changes nothing.
    _ = try elsewhere.importRun(place.folder + "/run.tar")
    #expect(try elsewhere.ledger().runs().count == 2)
  }

  @Test func `leave data out where that is asked for, and say so`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    #expect(try place.export("last", to: "run.tar", withData: false) == ["a.csv"])
    let elsewhere = try Workplace()
    #expect(try elsewhere.importRun(place.folder + "/run.tar").missing == ["a.csv"])
    #expect(try await elsewhere.run(FakeExecutor()).didNothing)
  }

  @Test func `are not made of a run that is not reproducible any more`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.write("a.csv", "a,b\n9,9\n")
    let thrown = #expect(throws: Diagnostic.self) { try place.export("last", to: "run.tar") }
    #expect(
      thrown?.message.contains("stage 'raw' would run (the file 'a.csv'") == true,
      "\(thrown as Any)")
    #expect(try FileStatus(of: place.folder + "/run.tar") == nil)
  }

  @Test func `replace nothing that is there`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    let elsewhere = try Workplace()
    try elsewhere.write("a.csv", "mine\n")
    let thrown = #expect(throws: Diagnostic.self) {
      try elsewhere.importRun(place.folder + "/run.tar")
    }
    #expect(thrown?.message.hasSuffix("is there already and has other content") == true)
    #expect(try elsewhere.text("a.csv") == "mine\n")
    #expect(try FileStatus(of: elsewhere.store) == nil)
  }

  @Test(arguments: [
    "../evil", "/etc/evil", "a/../../evil", "a//b", ".", "", ".git/hooks/pre-commit",
    ".anneal/format", "a/.GIT/config",
  ])
  func `with a path that leads elsewhere are refused`(path: String) async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    try place.forge("run.tar", as: "evil.tar") { manifest in
      var files = try #require(manifest["files"]?.array)
      let index = try #require(files.firstIndex { $0["path"] == "a.csv" })
      files[index]["path"] = .string(path)
      manifest["files"] = .array(files)
    }
    try place.refuses("evil.tar", saying: "the path '\(path)' is not allowed")
  }

  @Test func `with a link in the way of a file are refused`() async throws {
    let place = try Workplace(
      "pipeline: p\nstages:\n  raw: {load: {csv: data/a.csv}}\n")
    try Folder.create(place.folder + "/data")
    try place.write("data/a.csv", "a\n1\n")
    _ = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    let elsewhere = try Workplace("")
    try Folder.remove(elsewhere.folder + "/p.yaml")
    let outside = try Workplace("")
    try FileManager.default.createSymbolicLink(
      atPath: elsewhere.folder + "/data", withDestinationPath: outside.folder)
    let thrown = #expect(throws: Diagnostic.self) {
      try elsewhere.importRun(place.folder + "/run.tar")
    }
    #expect(thrown?.message.contains("is no folder of its own") == true)
    #expect(try Folder.names(in: outside.folder) == ["a.csv", "p.yaml"])
  }

  @Test(arguments: [
    ("results", "seconds", Value.double(1e300)), ("results", "seconds", -1),
    ("results", "cpu_seconds", .double(1e16)), ("results", "peak_memory", .int(.max)),
    ("results", "size", .int(.max)), ("results", "finished", .double(1e300)),
    ("run", "started", .double(1e300)), ("run", "finished", .double(-1e300)),
  ])
  func `with figures that nothing can have come to are refused`(
    part: String, name: String, value: Value
  ) async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    if part == "run" {
      try place.forge("run.tar", as: "evil.tar") { $0["run"]?[name] = value }
    } else {
      try place.forgeResult(0, in: "run.tar", as: "evil.tar") { $0[name] = value }
    }
    try place.refuses("evil.tar", saying: "which nothing can have been")
  }

  @Test func `with a key that is not that of its ingredients are refused`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    try place.forgeResult(0, in: "run.tar", as: "evil.tar") { $0["ingredients"] = "{}" }
    try place.refuses("evil.tar", saying: "is not that of its ingredients")
  }

  @Test func `replace no result that is there`() async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    let (raw, model) = (
      try #require(first["raw"]?.result), try #require(first["model"]?.result)
    )
    try place.export("last", to: "run.tar")
    let keys = [raw, model, try #require(first["tidy"]?.result)].map(\.key).sorted()
    let index = try #require(keys.firstIndex(of: model.key))
    try place.forgeResult(index, in: "run.tar", as: "evil.tar") {
      $0["output"] = .string(raw.output.hex)
    }
    let elsewhere = try Workplace()
    _ = try await elsewhere.run(FakeExecutor())
    let outcome = try elsewhere.importRun(place.folder + "/evil.tar")
    #expect(outcome.kept == ["model"])
    #expect(try elsewhere.ledger().output(for: model.key) == model.output)
    #expect(try await elsewhere.run(FakeExecutor()).didNothing)

    // What the store has lost is taken.
    try Folder.remove(elsewhere.store + "/objects")
    #expect(try elsewhere.importRun(place.folder + "/run.tar").kept.isEmpty)
    #expect(try await elsewhere.run(FakeExecutor()).didNothing)
  }

  @Test func `take every run's own results along`() async throws {
    let place = try Workplace()
    let runs = try await [0.5, 0.25].asyncMap { loss in
      try await place.run(
        FakeExecutor(
          metrics: ["model": ["loss": .double(loss)]], works: ["model": { _ in "\(loss)" }])
      ) { $0.isForced = true }
    }
    for (run, name) in zip(runs, ["one.tar", "two.tar"]) { try place.export(run.id, to: name) }
    // The older one comes later; what is there is taken up all the same.
    let elsewhere = try Workplace()
    for name in ["two.tar", "one.tar", "two.tar"] {
      try Folder.remove(elsewhere.folder + "/p.lock.yaml")
      #expect(
        try elsewhere.importRun("\(place.folder)/\(name)").kept
          == (name == "one.tar" ? ["model"] : []))
    }
    let ledger = try elsewhere.ledger()
    for (run, loss) in zip(runs, [0.5, 0.25]) {
      let model = try #require(try ledger.stages(of: run.id).last?.result)
      #expect(model.metrics == ["loss": .double(loss)] && model.run == run.id)
      #expect(try Store(inspecting: elsewhere.store).contains(model.output))
    }
    let taken = try #require(runs[1]["model"]?.result)
    #expect(try ledger.output(for: taken.key) == taken.output)
  }

  @Test func `in which results do not tell how they came about are read`() async throws {
    let place = try Workplace()
    let run = try await place.run(FakeExecutor(metrics: ["model": ["loss": 0.5]]))
    try place.ageRecordsToFormat3()
    try place.export("last", to: "run.tar")
    try place.forge("run.tar", as: "old.tar") { manifest in
      manifest["results"] = .array(
        try #require(manifest["results"]?.array).map { result in
          var result = try #require(result.object)
          #expect(result.removeValue(forKey: "origin") == "{}")
          return .object(result)
        })
    }
    // Also beside records that do not tell either.
    for isAged in [false, true] {
      let elsewhere = try Workplace()
      _ = try await elsewhere.run(FakeExecutor(metrics: ["model": ["loss": 0.25]]))
      if isAged { try elsewhere.ageRecordsToFormat3() }
      try Folder.remove(elsewhere.folder + "/p.lock.yaml")
      #expect(try elsewhere.importRun(place.folder + "/old.tar").kept.isEmpty)
      let stages = try elsewhere.ledger().stages(of: run.id)
      #expect(stages.compactMap { $0.result?.metrics["loss"] } == [0.5])
      #expect(stages.compactMap(\.result).allSatisfy { $0.origin.isUsual })
      #expect(try await elsewhere.run(FakeExecutor()).didNothing)
    }
  }

  /// Such as the first programs wrote them, here beside records of the same keys.
  @Test func `in which results have no names but their keys are read`() async throws {
    let place = try Workplace()
    let run = try await place.run(FakeExecutor(metrics: ["model": ["loss": 0.5]]))
    try place.export("last", to: "run.tar")
    try place.forge("run.tar", as: "old.tar") { manifest in
      manifest["format"] = "anneal run 1"
      var keys: [String: Value] = [:]
      manifest["results"] = .array(
        try #require(manifest["results"]?.array).map { result in
          var result = try #require(result.object)
          keys[try #require(result.removeValue(forKey: "id")?.string)] = result["key"]
          return .object(result)
        })
      manifest["stages"] = .array(
        try #require(manifest["stages"]?.array).map { stage in
          var stage = stage
          stage["result"] = keys[try #require(stage["result"]?.string)]
          return stage
        })
    }
    let elsewhere = try Workplace()
    _ = try await elsewhere.run(FakeExecutor(metrics: ["model": ["loss": 0.25]]))
    try elsewhere.ageRecords()
    try Folder.remove(elsewhere.folder + "/p.lock.yaml")
    let outcome = try elsewhere.importRun(place.folder + "/old.tar")
    #expect(outcome.kept.isEmpty)
    let ledger = try elsewhere.ledger()
    let stages = try ledger.stages(of: run.id)
    #expect(stages.compactMap { $0.result?.metrics["loss"] } == [0.5])
    #expect(stages.filter(\.isReplaced).isEmpty)
    let key = try #require(run["model"]?.result?.key)
    #expect(try ledger.result(for: key)?.metrics == ["loss": 0.25])
  }

  @Test func `of another run with the name of one that is there are refused`() async throws {
    let place = try Workplace()
    let run = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    try place.forge("run.tar", as: "evil.tar") { manifest in
      manifest["stages"] = .array(manifest["stages"]?.array?.dropLast() ?? [])
    }
    let elsewhere = try Workplace()
    try elsewhere.importRun(place.folder + "/run.tar")
    let thrown = #expect(throws: Diagnostic.self) {
      try elsewhere.importRun(place.folder + "/evil.tar")
    }
    #expect(thrown?.message.contains("is not the one of that name in") == true)
    #expect(try elsewhere.ledger().stages(of: run.id).count == 3)
  }

  @Test func `leave the tags of other runs to them`() async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor()) { $0.tags = ["own", "paper"] }
    try place.export("last", to: "run.tar")
    let elsewhere = try Workplace()
    let mine = try await elsewhere.run(FakeExecutor()) { $0.tags = ["paper"] }
    let outcome = try elsewhere.importRun(place.folder + "/run.tar")
    #expect(outcome.leftOutTags == ["paper"])
    #expect(try elsewhere.ledger().run(named: "paper").id == mine.id)
    #expect(try elsewhere.ledger().run(named: "own").id == first.id)
  }

  @Test func `hold the data of included files, and say which is not there`() async throws {
    let place = try Workplace(
      "pipeline: p\ninclude: sub/more.yaml\nstages:\n  raw: {load: {csv: a.csv}}\n")
    try Folder.create(place.folder + "/sub")
    try place.write(
      "sub/more.yaml",
      "stages: {more: {load: {csv: b.csv}}, later: {load: {csv: none.csv}}}\n")
    try place.write("sub/b.csv", "b\n1\n")
    _ = try await place.run(FakeExecutor()) {
      $0.selection = StageSelection(["raw", "more"])
    }
    #expect(try place.export("last", to: "run.tar") == ["sub/none.csv"])
    #expect(
      try place.export("last", to: "bare.tar", withData: false)
        == ["a.csv", "sub/b.csv", "sub/none.csv"])
    let elsewhere = try Workplace("")
    try Folder.remove(elsewhere.folder + "/p.yaml")
    try elsewhere.importRun(place.folder + "/run.tar")
    #expect(try elsewhere.text("sub/b.csv") == "b\n1\n")
  }

  @Test func `whose checksums are binary are refused`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    var bytes = try Folder.contents(of: place.folder + "/run.tar")
    bytes[148] = 0x80
    try Folder.replaceFile(place.folder + "/evil.tar", with: bytes)
    try place.refuses("evil.tar", saying: "a header is damaged")
  }

  @Test func `that are damaged, cut off or stuffed are refused`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    let whole = try Folder.contents(of: place.folder + "/run.tar")
    let entries = try place.entries("run.tar")

    try Folder.replaceFile(place.folder + "/cut.tar", with: Array(whole.dropLast(3000)))
    try place.refuses("cut.tar", saying: "ends in the middle")
    try Folder.replaceFile(place.folder + "/text.tar", with: Array("not an archive".utf8))
    try place.refuses("text.tar", saying: "ends in the middle")

    var other = entries
    other[1].bytes[0] ^= 1
    try place.pack(other, to: "changed.tar")
    try place.refuses("changed.tar", saying: "does not have the digest in its name")
    try place.pack(entries + [("objects/../../evil", [1])], to: "more.tar")
    try place.refuses("more.tar", saying: "which it does not list")
    try place.pack(entries + [entries[1]], to: "twice.tar")
    try place.refuses("twice.tar", saying: "which it does not list")
    try place.pack(Array(entries.dropLast()), to: "less.tar")
    try place.refuses("less.tar", saying: "lacks 1 of the contents")

    var manifest = try Value(parsingJSON: entries[0].bytes, file: "m")
    var objects = try #require(manifest["objects"]?.object)
    objects[String(repeating: "0", count: 64)] = .int(1 << 60)
    manifest["objects"] = .object(objects)
    var bomb = entries
    bomb[0].bytes = Array(manifest.prettyJSON.utf8)
    try place.pack(bomb, to: "bomb.tar")
    try place.refuses("bomb.tar", saying: "claims to hold more than")

    var record = try Value(parsingJSON: entries[0].bytes, file: "m")
    record["run"]?["id"] = "../../evil"
    bomb[0].bytes = Array(record.prettyJSON.utf8)
    try place.pack(bomb, to: "name.tar")
    try place.refuses("name.tar", saying: "the run's name '../../evil' is not one")

    // The file type of a symbolic link, with its checksum mended.
    var link = whole
    link[156] = UInt8(ascii: "2")
    for place in 148..<156 { link[place] = UInt8(ascii: " ") }
    let sum = String(link[..<512].reduce(0) { $0 + Int($1) }, radix: 8)
    for (offset, digit) in (String(repeating: "0", count: 6 - sum.count) + sum).utf8.enumerated() {
      link[148 + offset] = digit
    }
    try Folder.replaceFile(place.folder + "/link.tar", with: link)
    try place.refuses("link.tar", saying: "something else than plain files")
  }

  @Test func `are read by tar`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    try place.export("last", to: "run.tar")
    let finished = try FinishedProgram(
      running: "/usr/bin/env", ["tar", "-tf", place.folder + "/run.tar"],
      environment: ProcessInfo.processInfo.environment)
    #expect(finished.ending == .exited(0))
    let expected = try place.entries("run.tar").map(\.name).joined(separator: "\n") + "\n"
    #expect(String(decoding: finished.output, as: UTF8.self) == expected)
  }
}

extension Sequence {
  fileprivate func asyncMap<Result>(
    _ transform: (Element) async throws -> Result
  ) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}

extension Workplace {
  @discardableResult
  fileprivate func export(
    _ word: String, to name: String, withData: Bool = true
  ) throws -> [String] {
    let document = try PipelineDocument(reading: folder + "/p.yaml", catalog: fakeCatalog)
    let ledger = try ledger()
    let store = try Store(inspecting: store)
    let statuses = try StatusQuery(document.graph, store: store, ledger: ledger).stages()
    return try RunExport(
      try ledger.run(named: word), document, standings: statuses.standings, store: store,
      ledger: ledger, withData: withData
    ).write(to: folder + "/" + name)
  }

  @discardableResult
  fileprivate func importRun(_ path: String) throws -> RunImport.Outcome {
    try RunImport(path, to: folder, store: store).run()
  }

  fileprivate func entries(_ name: String) throws -> [(name: String, bytes: [UInt8])] {
    var tar = try TarReader(folder + "/" + name)
    var entries: [(name: String, bytes: [UInt8])] = []
    while let entry = try tar.next() { entries.append((entry.name, try tar.contents())) }
    return entries
  }

  fileprivate func pack(_ entries: [(name: String, bytes: [UInt8])], to name: String) throws {
    var tar = try TarWriter(folder + "/" + name)
    for entry in entries { try tar.add(entry.name, entry.bytes) }
    try tar.finish()
  }

  /// Changes what an archive says of itself.
  fileprivate func forge(
    _ name: String, as new: String, change: (inout Value) throws -> Void
  ) throws {
    var entries = try entries(name)
    var manifest = try Value(parsingJSON: entries[0].bytes, file: "m")
    try change(&manifest)
    entries[0].bytes = Array(manifest.prettyJSON.utf8)
    try pack(entries, to: new)
  }

  /// Changes what an archive says of a result, by its place among the sorted keys.
  fileprivate func forgeResult(
    _ index: Int, in name: String, as new: String, change: (inout Value) -> Void
  ) throws {
    try forge(name, as: new) { manifest in
      var results = try #require(manifest["results"]?.array)
      change(&results[index])
      manifest["results"] = .array(results)
    }
  }

  /// Nothing but a store may come of an archive that is refused.
  fileprivate func refuses(_ name: String, saying words: String) throws {
    let target = folder + "/target/deep"
    let thrown = #expect(throws: Diagnostic.self) {
      try RunImport(folder + "/" + name, to: target, store: target + "/.anneal").run()
    }
    #expect(thrown?.message.contains(words) == true, "\(thrown as Any)")
    let left = try FileTree.entries(below: folder + "/target").map(\.path)
    #expect(left.allSatisfy { $0.hasPrefix("deep/.anneal/") }, "\(left)")
    #expect(!left.contains { $0.contains("/objects/") || $0.contains("evil") }, "\(left)")
    try Folder.remove(folder + "/target")
  }
}
