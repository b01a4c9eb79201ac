import Hardware
import Testing

@testable import Deployment
@testable import Stages

struct DeploymentDecisionTests {
  private func measurement(
    _ engine: RegisteredRuntime, _ precision: Precision, ms: Double, objection: String? = nil
  ) -> Measurement {
    Measurement(
      candidate: Candidate(engine, precision, threads: 2),
      timing: TimingStatistics(seconds: [ms / 1000, ms / 1000], rows: 1), quality: 0.9, size: 1,
      peakMemory: 0, objection: objection)
  }

  private func decide(
    _ others: Measurement..., hasNativeInt8: Bool = true
  ) -> DeploymentDecision {
    let baseline = measurement(.libtorch, .fp32, ms: 4)
    return DeploymentDecision(
      goal: .latency, coarse: [baseline], fine: [baseline] + others, hasNativeInt8: hasNativeInt8)
  }

  @Test func `says what won and by how much`() {
    let decision = decide(measurement(.openVINO, .int8, ms: 1))
    #expect(!decision.isBaseline)
    #expect(
      decision.sentences == [
        "OpenVINO int8, 2 threads won among 2 candidates, the model as it came in (libtorch fp32, 2 "
          + "threads) being one of them."
      ])
  }

  @Test func `says so when nothing won`() {
    let decision = decide(measurement(.openVINO, .fp32, ms: 5))
    #expect(decision.isBaseline)
    #expect(
      decision.sentences == [
        "Nothing was surely faster than the model as it came in, so it runs unchanged "
          + "(libtorch fp32, 2 threads)."
      ])
  }

  @Test func `says why integers are not deployed`() {
    let slow = decide(
      measurement(.openVINO, .fp32, ms: 1), measurement(.openVINO, .int8, ms: 2))
    #expect(
      slow.sentences.last
        == "Integers were not faster on this machine, so real weights are deployed.")
    let wrong = decide(
      measurement(.openVINO, .fp32, ms: 2),
      measurement(.openVINO, .int8, ms: 1, objection: "loses 3 points"), hasNativeInt8: false)
    #expect(wrong.winner.candidate.precision == .fp32)
    #expect(wrong.sentences.contains("OpenVINO int8, 2 threads was ruled out: it loses 3 points."))
    #expect(wrong.sentences.last?.contains("`range: reduced`") == true)
  }
}
