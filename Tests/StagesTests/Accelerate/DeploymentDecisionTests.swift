import Diagnostics
import Hardware
import Testing

@testable import Deployment
@testable import Stages

struct DeploymentDecisionTests {
  private func measurement(
    _ engine: RegisteredRuntime, _ precision: Precision, ms: Double, size: Int = 2048,
    isFolded: Bool = true, objection: String? = nil
  ) -> Measurement {
    Measurement(
      candidate: Candidate(engine, precision, threads: 2, isFolded: isFolded),
      timing: TimingStatistics(seconds: [ms / 1000, ms / 1000], rows: 1), quality: 0.9,
      loss: QualityLoss(lost: 0, gained: 0, rows: 100), size: size, peakMemory: 0,
      objection: objection)
  }

  private func decide(
    _ others: Measurement..., goal: Accelerate.Goal = .latency, isQuantized: Bool = false,
    mayOverflow: Bool = false
  ) throws -> DeploymentDecision {
    let baseline = measurement(.libtorch, .fp32, ms: 4, isFolded: false)
    return try DeploymentDecision(
      WinnerSelection(goal: goal, isQuantized: isQuantized), coarse: [baseline],
      fine: [baseline] + others, mayOverflow: mayOverflow)
  }

  @Test func `says what won and by how much`() throws {
    let decision = try decide(measurement(.openVINO, .fp32, ms: 1))
    #expect(!decision.isBaseline)
    #expect(
      decision.sentences == [
        "OpenVINO fp32, 2 threads won among 2 candidates, the trained model untouched (libtorch fp32 "
          + "as trained, 2 threads, 1 row at a time) being one of them."
      ])
  }

  @Test func `says so when nothing won`() throws {
    let decision = try decide(measurement(.openVINO, .fp32, ms: 5))
    #expect(decision.isBaseline)
    let unchanged = Speedup(ofUnchanged: decision.baseline.candidate, rows: 1)
    #expect(
      unchanged.warning(about: decision)?.message
        == "nothing ran faster than the trained model untouched")
    #expect(
      decision.sentences == [
        "Nothing was surely faster than the trained model, so it runs unchanged "
          + "(libtorch fp32 as trained, 2 threads, 1 row at a time)."
      ])
  }

  @Test func `says what size costs in time`() throws {
    let decision = try decide(measurement(.openVINO, .fp32, ms: 8, size: 1000), goal: .size)
    #expect(decision.winner.candidate.engine == .openVINO)
    let speedup = Speedup(
      of: decision.winner.candidate, over: decision.baseline.candidate, rows: 1,
      [(1, 2), (2, 4), (1.5, 3)])
    #expect(
      speedup.warning(about: decision)?.message
        == "what is deployed takes 2.0 times as long as the trained model untouched")
  }

  @Test func `says that a model is faster without integers`() throws {
    let slow = try decide(
      measurement(.openVINO, .fp32, ms: 1), measurement(.openVINO, .int8, ms: 2), isQuantized: true)
    #expect(slow.winner.candidate.precision == .int8)
    #expect(
      slow.sentences.last
        == "Before it was quantised the model runs 2.0 times as fast on this machine "
        + "(OpenVINO fp32, 2 threads), in 2 KiB.")
    let fast = try decide(
      measurement(.openVINO, .fp32, ms: 2), measurement(.openVINO, .int8, ms: 1), isQuantized: true)
    #expect(fast.sentences.count == 1)
  }

  @Test func `refuses a quantised model below the floor`() throws {
    let problem = try #require(throws: Diagnostic.self) {
      try decide(
        measurement(.openVINO, .fp32, ms: 2),
        measurement(.openVINO, .int8, ms: 1, objection: "loses 3 points"), isQuantized: true)
    }
    #expect(
      problem.message
        == "the quantised model falls below the floor of the trained one: OpenVINO int8, 2 threads "
        + "loses 3 points")
    #expect(problem.notes.last?.message.contains("deploy the model that was quantised") == true)
  }

  @Test func `says where integers are computed with as real numbers`() throws {
    let integers = measurement(.openVINO, .int8, ms: 1)
    let real = try decide(integers, isQuantized: true, mayOverflow: true)
    #expect(real.sentences.last?.contains("'range: reduced'") == true)
    #expect(try decide(integers, isQuantized: true).sentences.count == 1)
    let other = measurement(.libtorch, .int8, ms: 1)
    #expect(try decide(other, isQuantized: true, mayOverflow: true).sentences.count == 1)
  }
}
