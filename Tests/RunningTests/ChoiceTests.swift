import Artifacts
import Diagnostics
import Records
import Running
import RunningSupport
import Testing
import YAML

@Suite struct `Choices at run time` {
  private static let widths = """
    pipeline: widths
    stages:
      raw: {load: {csv: a.csv}}
      model:
        from: raw
        matrix: {width: [8, 16]}
        train: {hidden: ["${matrix.width}"]}
      small: {from: {model: {stage: model, pick: {max: validation.accuracy}}, data: raw}, quantize: {}}
    """

  @Test func `the best instance is picked, and another best is followed`() async throws {
    let place = try Workplace(Self.widths)
    func metrics(_ first: Double, _ second: Double) -> [String: Value] {
      [
        "model@width=8": ["validation": ["accuracy": .double(first)]],
        "model@width=16": ["validation": ["accuracy": .double(second)]],
      ]
    }
    let first = try await place.run(FakeExecutor(metrics: metrics(0.9, 0.8)))
    #expect(first.status == .succeeded)
    #expect(try picked(first, in: place) == ["model@width=8"])
    let second = try await place.run(FakeExecutor(metrics: metrics(0.7, 0.8))) {
      $0.isForced = true
    }
    #expect(try picked(second, in: place) == ["model@width=16"])
  }

  @Test(arguments: [(0.9, "ran"), (0.5, "skipped")])
  func `a condition on metrics decides, and what needs a skipped stage is skipped`(
    accuracy: Double, word: String
  ) async throws {
    let place = try Workplace(
      """
      pipeline: gate
      stages:
        raw: {load: {csv: a.csv}}
        model: {from: raw, train: {}}
        small:
          from: {model: model, data: raw}
          when: metrics.model.validation.accuracy > 0.8
          quantize: {}
        shipped: {from: {model: small, data: raw}, accelerate: {}}
      """)
    let summary = try await place.run(
      FakeExecutor(metrics: ["model": ["validation": ["accuracy": .double(accuracy)]]]))
    #expect(summary.status == .succeeded)
    #expect(summary.words["small"] == word)
    #expect(summary.words["shipped"] == word)
    let lock = try #require(try LockFile(reading: place.folder + "/p.lock.yaml"))
    #expect((lock.stages["small"] != nil) == (word == "ran"))
  }

  @Test func `where some failed, the best of the others is picked for the time being`() async throws
  {
    let place = try Workplace(Self.widths)
    let metrics: [String: Value] = [
      "model@width=8": ["validation": ["accuracy": 0.7]],
      "model@width=16": ["validation": ["accuracy": 0.9]],
    ]
    let failing: FakeExecutor.Work = { _ in throw Diagnostic("diverged") }
    let works = ["model@width=16": failing]
    #expect(
      try await place.run(FakeExecutor(metrics: metrics, works: works)).words["small"]
        == "skipped")
    let first = try await place.run(FakeExecutor(metrics: metrics, works: works)) {
      $0.keepsGoing = true
    }
    #expect(first.status == .failed)
    #expect(first.words["small"] == "ran")
    #expect(try picked(first, in: place) == ["model@width=8"])
    #expect(
      try warnings(first, in: place) == [
        "stage 'small' picks among 1 of 2 instances: 'model@width=16' failed"
      ])
    #expect(try LockFile(reading: place.folder + "/p.lock.yaml")?.stages["small"] == nil)
    #expect(try place.statuses()["small"]?.state == .undecided)

    let second = try await place.run(FakeExecutor(metrics: metrics))
    #expect(second.status == .succeeded)
    #expect(try picked(second, in: place) == ["model@width=16"])
    #expect(try warnings(second, in: place) == [])
    #expect(try LockFile(reading: place.folder + "/p.lock.yaml")?.stages["small"] != nil)
  }

  @Test func `where all failed, nothing is picked`() async throws {
    let place = try Workplace(Self.widths)
    let failing: FakeExecutor.Work = { _ in throw Diagnostic("diverged") }
    let summary = try await place.run(
      FakeExecutor(works: ["model@width=8": failing, "model@width=16": failing])
    ) { $0.keepsGoing = true }
    #expect(summary.status == .failed)
    guard case .skipped(let reason)? = summary["small"] else {
      Issue.record("it is \(summary.words)")
      return
    }
    #expect(reason == "every stage that 'model' is picked from failed")
  }

  private func warnings(_ summary: RunSummary, in place: Workplace) throws -> [String]? {
    let store = try Store(inspecting: place.store)
    let ledger = try #require(try Ledger(inspecting: store))
    return try ledger.stages(of: summary.id).first { $0.address == "small" }?.warnings
      .map(\.message)
  }

  private func picked(_ summary: RunSummary, in place: Workplace) throws -> [String]? {
    let store = try Store(inspecting: place.store)
    let ledger = try #require(try Ledger(inspecting: store))
    return try ledger.stages(of: summary.id).first { $0.address == "small" }?.inputs["model"]
  }
}
