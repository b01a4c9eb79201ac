internal import Deployment
internal import Diagnostics
internal import Glibc
internal import Pipeline

/// Loads candidates side by side and measures them in turn.
struct TrialBench {
  let trials: TrialModel
  let judge: QualityJudge
  let inputs: [String: HostArray]
  let rows: Int
  let reporter: any StageReporter

  /// Measures candidates; the order of the results is theirs.
  func measure(
    _ candidates: [Candidate], until deadline: ContinuousClock.Instant, rounds: Int
  ) throws -> [Measurement] {
    var engines: [any InferenceEngine] = []
    var partial: [(verdict: QualityJudge.Verdict, size: Int, memory: Int)] = []
    for (index, candidate) in candidates.enumerated() {
      if reporter.isCancelled { throw CancellationError() }
      reporter.progress(
        StageProgress(
          unit: "candidates", completed: Double(index), total: Double(candidates.count),
          detail: candidate.description))
      let size = try trials.size(of: candidate)
      let (engine, memory) = try MemoryGauge.peakGrowth {
        let engine = try trials.engine(for: candidate, batch: rows)
        try engine.load(inputs)
        try engine.run()
        return engine
      }
      engines.append(engine)
      partial.append((try judge.verdict(on: candidate), size, memory))
    }
    let timings = try InterleavedTimer(deadline: deadline, rounds: rounds)
      .time(engines) { reporter.isCancelled }
    return candidates.indices.map { index in
      Measurement(
        candidate: candidates[index],
        timing: TimingStatistics(
          seconds: timings[index], rows: rows * engines[index].streams),
        quality: partial[index].verdict.quality, loss: partial[index].verdict.loss,
        size: partial[index].size, peakMemory: partial[index].memory,
        objection: partial[index].verdict.objection)
    }
  }
}
