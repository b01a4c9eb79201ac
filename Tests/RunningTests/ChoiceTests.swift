import Artifacts
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

  private func picked(_ summary: RunSummary, in place: Workplace) throws -> [String]? {
    let store = try Store(inspecting: place.store)
    let ledger = try #require(try Ledger(inspecting: store))
    return try ledger.stages(of: summary.id).first { $0.address == "small" }?.inputs["model"]
  }
}
