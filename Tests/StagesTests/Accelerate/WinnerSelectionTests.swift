import Hardware
import Testing

@testable import Deployment
@testable import Stages

struct WinnerSelectionTests {
  private func measurement(
    _ threads: Int, ms: Double, size: Int = 100, rows: Int = 1, objection: String? = nil,
    _ precision: Precision = .fp32
  ) -> Measurement {
    // Five timings within a hundredth of each other.
    let seconds = [0.99, 0.995, 1, 1.005, 1.01].map { $0 * ms / 1000 }
    return Measurement(
      candidate: Candidate(.openVINO, precision, threads: threads),
      timing: TimingStatistics(seconds: seconds, rows: rows), quality: 1,
      loss: QualityLoss(lost: 0, gained: 0, rows: 100), size: size, peakMemory: 0,
      objection: objection)
  }

  private var baseline: Measurement { measurement(0, ms: 10) }

  private func winner(
    _ goal: Accelerate.Goal = .latency, isQuantized: Bool = false, _ measurements: Measurement...
  ) -> Int? {
    WinnerSelection(goal: goal, isQuantized: isQuantized)
      .winner(measurements, beside: baseline)?.candidate.threads
  }

  @Test func `takes the fastest`() {
    #expect(
      winner(.latency, measurement(1, ms: 5), measurement(2, ms: 3), measurement(3, ms: 8)) == 2)
  }

  @Test func `takes the smaller of two that are as fast`() {
    #expect(
      winner(.latency, measurement(1, ms: 5, size: 50), measurement(2, ms: 4.99, size: 90)) == 1)
  }

  @Test func `passes over candidates with an objection`() {
    #expect(
      winner(.latency, measurement(1, ms: 1, objection: "inaccurate"), measurement(2, ms: 3)) == 2)
  }

  @Test(arguments: [Accelerate.Goal.latency, .throughput])
  func `takes nothing that is not surely faster than the trained model`(goal: Accelerate.Goal) {
    #expect(winner(goal, measurement(1, ms: 10, size: 1)) == nil)
    #expect(winner(goal, measurement(1, ms: 9.99, size: 1)) == nil)
    #expect(winner(goal, measurement(1, ms: 20, size: 1)) == nil)
    #expect(winner(goal) == nil)
  }

  @Test func `counts rows for throughput`() {
    #expect(winner(.throughput, measurement(1, ms: 4), measurement(2, ms: 6, rows: 2)) == 2)
    #expect(winner(.latency, measurement(1, ms: 4), measurement(2, ms: 6, rows: 2)) == 1)
  }

  @Test func `takes the smallest for size, however slow`() {
    #expect(winner(.size, measurement(1, ms: 2, size: 60), measurement(2, ms: 80, size: 30)) == 2)
    #expect(winner(.size, measurement(1, ms: 9, size: 30), measurement(2, ms: 8, size: 30)) == 2)
    #expect(
      winner(
        .size, measurement(1, ms: 2, size: 60), measurement(2, ms: 8, size: 30, objection: "x"))
        == 1)
    #expect(winner(.size, measurement(1, ms: 2, size: 100)) == nil)
  }

  @Test func `measures the smallest again for size, and else the fastest`() {
    let all = [
      measurement(1, ms: 2, size: 60), measurement(2, ms: 8, size: 30), measurement(3, ms: 4),
      measurement(4, ms: 1, objection: "inaccurate"), measurement(5, ms: 9, size: 20),
    ]
    func best(_ goal: Accelerate.Goal) -> [Int] {
      WinnerSelection(goal: goal, isQuantized: false).best(2, of: all).map(\.candidate.threads)
    }
    #expect(best(.size) == [5, 2])
    #expect(best(.latency) == [1, 3])
  }

  @Test(arguments: [Accelerate.Goal.latency, .throughput, .size])
  func `deploys what was quantised quantised`(goal: Accelerate.Goal) {
    #expect(
      winner(
        goal, isQuantized: true, measurement(1, ms: 1, size: 10),
        measurement(2, ms: 30, size: 500, .int8)) == 2)
    #expect(winner(goal, isQuantized: true, measurement(1, ms: 1, size: 10)) == nil)
  }
}
