import Artifacts
import Diagnostics
import Foundation
import RunningSupport
import Testing

@testable import Records
@testable import Running

@Suite struct `Trouble with the store` {
  @Test func `a store that takes no more fails the stage, and the report tells why`() async throws {
    let place = try Workplace()
    let runner = try place.runner(FakeExecutor())
    try Folder.remove(place.store + "/objects")
    try place.write(".anneal/objects", "in the way")
    let summary = await runner.run()
    #expect(summary.status == .failed)
    #expect(summary.words == ["raw": "failed", "tidy": "skipped", "model": "skipped"])
    guard case .failed(let problems) = summary["raw"] else { return }
    #expect(problems.first?.message.contains("/.anneal/objects") == true)
    let report = try Folder.contents(of: try #require(summary.reportPath))
    #expect(String(decoding: report, as: UTF8.self).contains("/.anneal/objects"))
    // Nothing of the attempt stays but the process's own folder.
    let temporary = try FileTree.entries(below: place.store + "/temporary")
    #expect(!temporary.contains { $0.path.hasSuffix("result.txt") })

    try Folder.remove(place.store + "/objects")
    #expect(try await place.run(FakeExecutor()).status == .succeeded)
  }

  @Test func `a damaged list of an artifact's files is made anew by the next run`() async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    let output = try #require(first["tidy"]?.result?.output)
    let object = try Store(inspecting: place.store).layout.object(output)
    try flip(object)
    let problems = try Store(opening: place.store).verify()
    #expect(problems == [StoreProblem(path: object, kind: .damaged)])
    let second = try await place.run(FakeExecutor())
    #expect(second.words == ["raw": "fresh", "tidy": "ran", "model": "fresh"])
    #expect(try Store(opening: place.store).verify() == [])
  }

  @Test func `no stage reads a damaged file, and the next run makes it anew`() async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    let output = try #require(first["tidy"]?.result?.output)
    let store = try Store(opening: place.store)
    let file = try #require(store.manifest(of: output).entries.first)
    try flip(store.layout.object(file.digest))

    let broken = try await place.run(FakeExecutor(), set: ["stages.model.train.epochs=4"])
    #expect(broken.words == ["raw": "fresh", "tidy": "fresh", "model": "failed"])
    guard case .failed(let told) = broken["model"] else { return }
    #expect(
      told.first?.message
        == "object \(file.digest.short) in the store '\(place.store)' was damaged")
    let healed = try await place.run(FakeExecutor(), set: ["stages.model.train.epochs=4"])
    #expect(healed.words == ["raw": "fresh", "tidy": "ran", "model": "ran"])
    #expect(try store.verify() == [])
  }

  @Test func `forcing a stage replaces what is damaged of its output`() async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    let output = try #require(first["tidy"]?.result?.output)
    let store = try Store(opening: place.store)
    let file = try #require(store.manifest(of: output).entries.first)
    try flip(store.layout.object(file.digest))
    #expect(try await place.run(FakeExecutor()) { $0.isForced = true }.status == .succeeded)
    #expect(try store.verify() == [])
  }

  @Test(arguments: ["cut", "removed"])
  func `what is cut or removed is made anew at once`(damage: String) async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    let store = try Store(opening: place.store)
    for output in first.stages.compactMap({ $0.outcome.result?.output }) {
      let file = try #require(store.manifest(of: output).entries.first)
      let path = store.layout.object(file.digest)
      let bytes = try Folder.contents(of: path)
      try Folder.remove(path)
      if damage == "cut" { try Folder.replaceFile(path, with: Array(bytes.dropLast())) }
    }
    let second = try await place.run(FakeExecutor())
    #expect(second.words == ["raw": "ran", "tidy": "ran", "model": "ran"])
    #expect(try store.verify() == [])
  }

  @Test(arguments: ["digests", "format.new", "digests.new"])
  func `garbage in the store's other files changes no result`(name: String) async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    try place.write(".anneal/" + name, "anneal digests 1\n1 2 garbage\n\u{0}")
    let second = try await place.run(FakeExecutor())
    #expect(second.didNothing)
    #expect(second["model"]?.result?.output == first["model"]?.result?.output)
    // A child that another test forks at this moment may hold the lock for as long as it takes to become
    // another program; the next one that comes then finishes.
    for _ in 0..<20 where try hasDrafts(place) { _ = try await place.run(FakeExecutor()) }
    #expect(try !hasDrafts(place))
  }

  private func hasDrafts(_ place: Workplace) throws -> Bool {
    try Folder.names(in: place.store).contains { $0.hasSuffix(".new") }
  }

  @Test func `a garbled lock file is told of with its place and left alone`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let garbage = "<<<<<<< HEAD\nformat: 1\n"
    try place.write("p.lock.yaml", garbage)
    let summary = try await place.run(FakeExecutor())
    #expect(summary.status == .refused)
    #expect(summary.problems.first?.location?.file.hasSuffix("p.lock.yaml") == true)
    #expect(try place.text("p.lock.yaml") == garbage)
    try Folder.remove(place.folder + "/p.lock.yaml")
    #expect(try await place.run(FakeExecutor()).status == .succeeded)
  }

  @Test func `times that lie ahead change no result`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let ledger = try Ledger(opening: try Store(opening: place.store))
    let later = Date().addingTimeInterval(1e9).timeIntervalSince1970
    for table in ["runs SET started", "runs SET finished", "results SET finished"] {
      try ledger.rows("UPDATE \(table) = ?", [.real(later)])
    }
    let file = place.folder + "/a.csv"
    let ahead = Date(timeIntervalSince1970: later)
    try FileManager.default.setAttributes([.modificationDate: ahead], ofItemAtPath: file)
    let second = try await place.run(FakeExecutor())
    #expect(second.didNothing)
    #expect(second.seconds >= 0)
    let third = try await place.run(FakeExecutor()) { $0.isForced = true }
    #expect(try ledger.run(named: "last").id == third.id)
    // The same size and the same time, but another content.
    try place.write("a.csv", "a,b\n3,4\n")
    try FileManager.default.setAttributes([.modificationDate: ahead], ofItemAtPath: file)
    #expect(try await place.run(FakeExecutor()).words["raw"] == "ran")
  }

  private func flip(_ path: String) throws {
    var bytes = try Folder.contents(of: path)
    bytes[bytes.count / 2] ^= 1
    // In place, as a failing medium would: every name of the file shows it.
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.write(contentsOf: bytes)
    try handle.close()
  }
}
