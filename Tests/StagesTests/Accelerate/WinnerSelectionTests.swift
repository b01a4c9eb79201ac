import Hardware
import Testing

@testable import Deployment
@testable import Stages

struct WinnerSelectionTests {
  private func measurement(
    _ precision: Int, ms: Double, size: Int = 100, rows: Int = 1, objection: String? = nil
  ) -> Measurement {
    // Five timings within a hundredth of each other.
    let seconds = [0.99, 0.995, 1, 1.005, 1.01].map { $0 * ms / 1000 }
    return Measurement(
      candidate: Candidate(.openVINO, .fp32, threads: precision),
      timing: TimingStatistics(seconds: seconds, rows: rows), quality: 1, size: size,
      peakMemory: 0, objection: objection)
  }

  private var baseline: Measurement { measurement(0, ms: 10) }

  @Test func `takes the fastest`() {
    let winner = WinnerSelection(goal: .latency, baseline: baseline)
      .winner([measurement(1, ms: 5), measurement(2, ms: 3), measurement(3, ms: 8)])
    #expect(winner?.candidate.threads == 2)
  }

  @Test func `takes the smaller of two that are as fast`() {
    let winner = WinnerSelection(goal: .latency, baseline: baseline)
      .winner([measurement(1, ms: 5, size: 50), measurement(2, ms: 4.99, size: 90)])
    #expect(winner?.candidate.threads == 1)
  }

  @Test func `passes over candidates with an objection`() {
    let winner = WinnerSelection(goal: .latency, baseline: baseline)
      .winner([measurement(1, ms: 1, objection: "inaccurate"), measurement(2, ms: 3)])
    #expect(winner?.candidate.threads == 2)
  }

  @Test(arguments: [Accelerate.Goal.latency, .throughput, .size])
  func `takes nothing that is not surely faster than the model as it came in`(
    goal: Accelerate.Goal
  ) {
    let selection = WinnerSelection(goal: goal, baseline: baseline)
    #expect(selection.winner([measurement(1, ms: 10, size: 1)]) == nil)
    #expect(selection.winner([measurement(1, ms: 9.99, size: 1)]) == nil)
    #expect(selection.winner([measurement(1, ms: 20, size: 1)]) == nil)
    #expect(selection.winner([]) == nil)
  }

  @Test func `counts rows for throughput`() {
    let winner = WinnerSelection(goal: .throughput, baseline: baseline)
      .winner([measurement(1, ms: 4), measurement(2, ms: 6, rows: 2)])
    #expect(winner?.candidate.threads == 2)
  }

  @Test func `takes the smallest for size`() {
    let winner = WinnerSelection(goal: .size, baseline: baseline)
      .winner([measurement(1, ms: 2, size: 60), measurement(2, ms: 8, size: 30)])
    #expect(winner?.candidate.threads == 2)
  }
}
