internal import Hardware

/// Which candidates to try: first each runtime and number format with all threads, then what is
/// around the best of them.
package struct CandidateSearch {
  private let runtimes: [RegisteredRuntime]
  private let conditions: RunConditions

  package init(_ runtimes: [RegisteredRuntime], under conditions: RunConditions) {
    self.runtimes = RegisteredRuntime.allCases.filter {
      runtimes.contains($0) && $0.type.runs(on: conditions.device)
    }
    self.conditions = conditions
  }

  /// The model as it came in: libtorch, 32-bit floats, nothing folded.
  package var baseline: Candidate {
    Candidate(
      .libtorch, .fp32, threads: conditions.threads, isFolded: false, device: conditions.device)
  }

  /// One candidate for each way to compute, with all threads.
  package func coarse() -> [Candidate] {
    runtimes.flatMap { $0.type.candidates(under: conditions) }
  }

  /// The neighbours of a good candidate that were not tried yet.
  package func fine(around candidate: Candidate) -> [Candidate] {
    candidate.engine.type.neighbours(of: candidate, under: conditions)
  }
}
