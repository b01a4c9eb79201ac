import Artifacts
import Hardware
import Pipeline
import Planning
import Running
import RunningSupport
import Synchronization
import Testing

/// What a stage chose by measuring is chosen again where the same work is done again.
@Suite struct `A choice that was measured` {
  /// An executor whose stage leaves what it was given, and which computes with one thread wherever it may.
  private func executor(_ seen: Seen) -> FakeExecutor {
    FakeExecutor(
      works: [
        "model": { job in
          seen.add(job.resources); return "model"
        }
      ], settling: ["model"])
  }

  private final class Seen: Sendable {
    private let given = Mutex<[Resources]>([])
    var all: [Resources] { given.withLock { $0 } }
    func add(_ resources: Resources) { given.withLock { $0.append(resources) } }
  }

  @Test func `is given to a forced run`() async throws {
    let place = try Workplace()
    let seen = Seen()
    _ = try await place.run(executor(seen))
    #expect(seen.all[0].open == OpenChoices(threads: true, layouts: true))
    #expect(seen.all[0].threads == 2)
    _ = try await place.run(executor(seen)) { $0.isForced = true }
    #expect(seen.all[1].open == nil)
    #expect(seen.all[1].threads == 1)
    #expect(seen.all[1].channelsLast == false)
  }

  @Test func `is given to a locked run of another store`() async throws {
    let place = try Workplace()
    let seen = Seen()
    _ = try await place.run(executor(seen))
    #expect(try place.text("p.lock.yaml").contains("channelsLast: false"))
    try Folder.remove(place.store)
    _ = try await place.run(executor(seen)) { $0.isLocked = true }
    #expect(seen.all[1].open == nil)
    #expect(seen.all[1].threads == 1)
    try Folder.remove(place.store)
    _ = try await place.run(executor(seen), set: ["stages.model.train.epochs=4"])
    #expect(seen.all[2].open != nil)
  }

  @Test func `is told to other work of its kind, and by the plan`() async throws {
    let place = try Workplace()
    let seen = Seen()
    _ = try await place.run(executor(seen))
    #expect(seen.all[0].open?.known == nil)
    _ = try await place.run(executor(seen), set: ["stages.model.train.epochs=4"])
    #expect(seen.all[1].open?.known?.map(\.key) == ["model"])
    #expect(seen.all[1].threads == 2)
    _ = try await place.run(executor(seen), set: ["stages.model.train.epochs=5"])
    #expect(seen.all[2].open?.known?.count == 1)
  }

  @Test func `is given to a verification`() async throws {
    let place = try Workplace()
    let seen = Seen()
    _ = try await place.run(executor(seen))
    _ = try await place.verify(executor(seen), ["model"])
    #expect(seen.all[1].open == nil)
    #expect(seen.all[1].threads == 1)
    #expect(seen.all[1].channelsLast == false)
  }
}
