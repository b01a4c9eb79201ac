internal import Deployment
internal import Hardware

/// Which candidates to try: first each engine and number format with all threads, then what is
/// around the best of them.
struct CandidateSearch {
  var engines: [Candidate.Engine]
  var threads: Int
  var hasNativeBF16: Bool
  var isQuantized: Bool
  var convolves: Bool
  var goal: Accelerate.Goal

  /// The model as it came in: libtorch, 32-bit floats, nothing folded.
  var baseline: Candidate { Candidate(.libtorch, .fp32, threads: threads, isFolded: false) }

  /// One candidate for each way to compute, with all threads.
  func coarse() -> [Candidate] {
    var candidates: [Candidate] = []
    if engines.contains(.libtorch) {
      candidates.append(Candidate(.libtorch, .fp32, threads: threads))
      if convolves {
        candidates.append(Candidate(.libtorch, .fp32, threads: threads, isChannelsLast: true))
      }
      if hasNativeBF16 {
        candidates.append(
          Candidate(.libtorch, .bf16, threads: threads, isChannelsLast: convolves))
      }
    }
    if engines.contains(.openVINO) {
      candidates.append(Candidate(.openVINO, .fp32, threads: threads))
      if hasNativeBF16 { candidates.append(Candidate(.openVINO, .bf16, threads: threads)) }
      if isQuantized { candidates.append(Candidate(.openVINO, .int8, threads: threads)) }
    }
    return candidates
  }

  /// The neighbours of a good candidate that were not tried yet: fewer threads, and for throughput
  /// batches side by side.
  func fine(around candidate: Candidate) -> [Candidate] {
    var neighbours: [Candidate] = []
    for count in Set([1, threads / 2]).sorted() where count >= 1 && count < threads {
      var fewer = candidate
      fewer.threads = count
      neighbours.append(fewer)
    }
    if goal == .throughput, candidate.engine == .openVINO {
      for streams in Set([2, threads]).sorted() where streams >= 2 && streams <= threads {
        var parallel = candidate
        parallel.streams = streams
        neighbours.append(parallel)
      }
    }
    return neighbours
  }
}
