internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Pipeline
internal import Processes
internal import YAML

/// Repeats a measurement in processes of their own.
///
/// Where a process's memory lies, which cores it gets, and what the machine does beside it make one
/// process faster than another by more than any of its own timings differ.
package struct TrialProcesses {
  /// The program whose `trial` command a process runs: this one, unless a test says otherwise.
  @TaskLocal package static var program = OwnProgram.current.path

  static let command = "trial"

  /// Fewer tell nothing of how much they differ.
  private static let least = 3
  private static let most = 7

  let request: TrialRequest
  let reporter: any StageReporter

  /// Runs one process after the other, at least three, and returns the rows a second that each found for
  /// each candidate.
  ///
  /// - Parameter deadline: when to begin no further one.
  func measure(until deadline: ContinuousClock.Instant) throws -> [[Double]] {
    let clock = ContinuousClock()
    var results: [[Double]] = []
    var longest = Duration.zero
    while results.count < Self.most,
      results.count < Self.least || clock.now + longest < deadline
    {
      if reporter.isCancelled { throw CancellationError() }
      reporter.progress(
        StageProgress(
          unit: "processes", completed: Double(results.count), total: Double(Self.most),
          detail: "the winner beside the model as it came in"))
      let begun = clock.now
      results.append(try measureOnce())
      longest = max(longest, clock.now - begun)
    }
    return results
  }

  private func measureOnce() throws -> [Double] {
    let text = try Value(encoding: request).canonicalJSON
    let finished = try FinishedProgram(
      running: Self.program, [Self.command, text],
      environment: ProcessInfo.processInfo.environment)
    guard finished.ending == .exited(0) else {
      let errors = String(decoding: finished.errors.suffix(2000), as: UTF8.self)
      throw Diagnostic(
        "a process that repeats the measurement failed: \(finished.ending)",
        remedy: "run 'anneal doctor'", notes: [Note("it said: \(errors)")])
    }
    let rates = try Value(parsingJSON: finished.output, file: "the process's answer").array ?? []
    guard rates.count == request.candidates.count else {
      throw Diagnostic("a process that repeats the measurement gave \(rates.count) results")
    }
    return rates.map { $0.double ?? 0 }
  }
}
