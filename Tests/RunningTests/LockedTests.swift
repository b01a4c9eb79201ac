import Artifacts
import Diagnostics
import Records
import Running
import RunningSupport
import Testing

@Suite struct `Locked runs` {
  @Test func `without a lock file nothing runs`() async throws {
    let place = try Workplace()
    let executor = FakeExecutor()
    let summary = try await place.run(executor) { $0.isLocked = true }
    #expect(summary.status == .refused)
    #expect(summary.problems.first?.message.contains("there is no lock file") == true)
    #expect(executor.begun.isEmpty)
  }

  @Test func `other settings and other outputs differ, equal ones pass`() async throws {
    let place = try Workplace()
    _ = try await place.run(FakeExecutor())
    let lock = try place.text("p.lock.yaml")
    #expect(try await place.run(FakeExecutor()) { $0.isLocked = true }.status == .succeeded)

    let executor = FakeExecutor()
    let changed = try await place.run(executor, set: ["stages.model.train.epochs=4"]) {
      $0.isLocked = true
    }
    #expect(changed.status == .differed)
    #expect(executor.begun.isEmpty)

    try Folder.remove(place.store)
    let drifted = FakeExecutor(works: ["model": { _ in "other bits" }])
    let other = try await place.run(drifted) { $0.isLocked = true }
    #expect(other.status == .differed)
    #expect(other.words["model"] == "failed")
    #expect(try place.text("p.lock.yaml") == lock)
  }
}
