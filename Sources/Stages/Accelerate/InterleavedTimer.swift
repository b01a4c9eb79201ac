internal import Deployment
internal import Glibc

/// Times several engines in turn, so that a disturbance of the machine hits all of them alike.
struct InterleavedTimer {
  /// When to stop.
  let deadline: ContinuousClock.Instant
  /// The most rounds.
  let rounds: Int
  /// A round repeats each engine for about this long.
  static let slice = 0.02

  /// Runs every engine round by round and returns the seconds of each single run.
  ///
  /// Each engine is warmed up first. At least three rounds are run, whatever the deadline says.
  func time(
    _ engines: [any InferenceEngine], isCancelled: () -> Bool
  ) throws -> [[Double]] {
    let clock = ContinuousClock()
    var timings = engines.map { _ in [Double]() }
    let repeats = try engines.map { engine in
      for _ in 0..<2 { try engine.run() }
      let once = try clock.measure { try engine.run() }.seconds
      return max(1, min(1000, Int(Self.slice / max(once, 1e-7))))
    }
    for round in 0..<rounds {
      if round >= 3, clock.now >= deadline { break }
      for (index, engine) in engines.enumerated() {
        if isCancelled() { throw CancellationError() }
        // One run to bring the engine's memory back into the caches.
        try engine.run()
        for _ in 0..<repeats[index] {
          timings[index].append(try clock.measure { try engine.run() }.seconds)
        }
      }
    }
    return timings
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
