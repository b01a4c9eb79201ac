import Testing

@testable import Deployment
@testable import Stages

/// An engine that counts its runs.
private final class Counting: InferenceEngine {
  let batch = 1
  let streams = 1
  private(set) var runs = 0
  func load(_ inputs: [String: HostArray]) throws {}
  func run() throws { runs += 1 }
  func result() throws -> [Float] { [] }
}

struct InterleavedTimerTests {
  @Test func `runs three rounds when the time is up`() throws {
    let engines = [Counting(), Counting()]
    let timings = try InterleavedTimer(deadline: .now - .seconds(1), rounds: 40)
      .time(engines) { false }
    // Three runs to warm up and to see how often a round repeats, and one more in each round.
    for (engine, timings) in zip(engines, timings) {
      #expect(timings.count % 3 == 0)
      #expect(engine.runs == 3 + 3 + timings.count)
    }
  }

  @Test func `runs no more rounds than it is told to`() throws {
    let engine = Counting()
    let timings = try InterleavedTimer(deadline: .now + .seconds(3600), rounds: 5)
      .time([engine]) { false }
    #expect(timings[0].count % 5 == 0)
    #expect(engine.runs == 3 + 5 + timings[0].count)
  }

  @Test func `stops when it is told to`() {
    #expect(throws: CancellationError.self) {
      try InterleavedTimer(deadline: .now + .seconds(3600), rounds: 5).time([Counting()]) { true }
    }
  }
}
