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

  /// The trained model untouched, with each number of threads to try: libtorch, 32-bit floats, nothing
  /// folded. The fastest of them is what gains are told against.
  package var baselines: [Candidate] {
    let plain = Candidate(
      .libtorch, .fp32, threads: conditions.threads, isFolded: false, device: conditions.device)
    return [plain] + plain.withFewerThreads
  }

  /// Each way to compute with all threads, and with one: small models lose more by sharing than they
  /// gain.
  package func coarse() -> [Candidate] {
    runtimes.flatMap { $0.type.candidates(under: conditions) }.flatMap { candidate in
      var single = candidate
      single.threads = 1
      return candidate == single ? [candidate] : [candidate, single]
    }
  }

  /// The neighbours of a good candidate that were not tried yet.
  package func fine(around candidate: Candidate) -> [Candidate] {
    candidate.engine.type.neighbours(of: candidate, under: conditions)
  }
}
