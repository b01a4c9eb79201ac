import Hardware
import Testing
import YAML

@testable import Deployment
@testable import Stages

@Suite struct SpeedupTests {
  private func speedup(_ factors: [Double]) -> Speedup {
    Speedup(
      of: Candidate(.openVINO, .int8, threads: 2), over: Candidate(.libtorch, .fp32, threads: 1),
      rows: 1, factors.map { (winner: $0 * 1000, baseline: 1000) })
  }

  @Test func `is the geometric mean, with room for another process`() {
    let measured = speedup([2, 8, 4])
    #expect(abs(measured.factor - 4) < 1e-12)
    // By hand: the logarithms deviate by log 2, and 4.303 sqrt(4 / 3) log 2 is 3.444.
    #expect(abs(measured.interval.lowerBound - 0.12775) < 1e-4)
    #expect(abs(measured.interval.upperBound - 125.24) < 0.05)
    #expect(measured.isDoubtful)
  }

  @Test func `names what it is measured against`() {
    let measured = speedup([4, 4, 4, 4])
    let words = "4.0 (4.0 to 4.0) times the rows/s of libtorch fp32, 1 thread, 1 row at a time"
    #expect(measured.words == words)
    #expect(measured.value["words"] == .string(words))
    #expect(
      measured.sentence
        == "OpenVINO int8, 2 threads runs \(words): measured in 4 processes, of which a further one would "
        + "find a factor within the brackets with 95% probability.")
  }

  @Test func `is 1 where the model runs as it came in`() {
    let unchanged = Speedup(ofUnchanged: Candidate(.libtorch, .fp32, threads: 1), rows: 1)
    #expect(
      unchanged.factor == 1 && unchanged.sentence.isEmpty && unchanged.words == nil
        && !unchanged.isDoubtful)
  }
}
