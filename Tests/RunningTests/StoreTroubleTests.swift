import Artifacts
import Diagnostics
import Running
import Testing

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

  @Test func `a damaged object is found, told of, and made anew once it is removed`() async throws {
    let place = try Workplace()
    let first = try await place.run(FakeExecutor())
    let output = try #require(first["tidy"]?.result?.output)
    let object = try Store(inspecting: place.store).objectPath(output)
    var bytes = try Folder.contents(of: object)
    bytes[bytes.count / 2] ^= 1
    try Folder.replaceFile(object, with: bytes)

    let store = try Store(opening: place.store)
    let problems = try store.verify()
    #expect(problems.map(\.kind) == [.damaged])
    let summary = try await place.run(FakeExecutor())
    guard case .failed(let told) = summary["tidy"] else {
      Issue.record("\(summary.words)")
      return
    }
    #expect(told.first?.message.contains("is damaged") == true)
    #expect(told.first?.notes.first?.message.contains("anneal gc --verify") == true)
    try store.discard(problems)
    #expect(try await place.run(FakeExecutor()).status == .succeeded)
  }
}
