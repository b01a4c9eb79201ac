internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
package import Records
internal import Search
internal import Synchronization
package import Workers
internal import YAML

/// Makes the trials of a search, several at once, and keeps what becomes of them.
///
/// Which trials are made, and in which order they are decided, follows from the search and from what
/// trials come to: see `SearchCourse`. A search that was interrupted or killed goes on where it was.
package struct SearchRunner: Sendable {
  private let request: SearchRequest
  private let executor: any JobExecutor
  private let ledger: Ledger
  private let events: SearchEventSink

  package init(
    _ request: SearchRequest, executor: any JobExecutor, ledger: Ledger,
    onEvent: @escaping @Sendable (SearchEvent) -> Void = { _ in }
  ) {
    self.request = request
    self.executor = executor
    self.ledger = ledger
    events = SearchEventSink(onEvent)
  }

  /// Makes trials to the end of the search, and returns what they came to; cancelling the task stops it.
  ///
  /// - Throws: where another process is at the same search, or the records cannot be used.
  package func run() async throws -> SearchSummary {
    let path = PipelineFile.absolute(request.graph.file)
    let lock = try request.store.searchLock(for: "\(path) \(request.name)")
    guard try lock.tryLock() else {
      throw Diagnostic(
        "another process is at the search '\(request.name)'",
        remedy: "wait until it has ended; 'anneal runs' shows its trials")
    }
    defer { withExtendedLifetime(lock) {} }
    var (record, reason) = try takeUp(path)
    var known = try knownTrials(of: record)
    record.status = .running
    record.definition["search"] = request.spec.value
    record.definition["describe"] = .string(request.describe)
    try ledger.record(record)
    events.send(.started(record, known: known.count, begunAnewBecause: reason))
    let (ending, wasTimedOut) = try await makeTrials(of: record, &known)
    let trials = known.values.sorted { $0.number < $1.number }
    record.finished = Date()
    record.status = ending == nil ? .stopped : .finished
    record.ending = ending ?? (wasTimedOut ? "its time was over" : "it was stopped")
    record.definition["kept"] = .array(keptRuns(trials).map { .string($0) })
    try ledger.record(record)
    return SearchSummary(
      record: record, trials: trials, wasInterrupted: ending == nil && !wasTimedOut,
      wasTimedOut: wasTimedOut)
  }

  /// The record of the search that is continued, or a new one and why it is new.
  private func takeUp(_ path: String) throws -> (SearchRecord, String?) {
    let fingerprint = try SearchFingerprint.of(request)
    let earlier = try ledger.searches(at: path, named: request.name).first
    if let earlier, earlier.fingerprint == fingerprint, !request.isAnew { return (earlier, nil) }
    let started = Date()
    var record = SearchRecord(
      id: SearchRecord.newID(at: started), name: request.name, pipeline: request.graph.name,
      path: path, fingerprint: fingerprint, started: started)
    record.definition["arguments"] = .array(request.invocation.arguments.map { .string($0) })
    let reason: String? =
      if earlier == nil || request.isAnew { nil } else {
        "the search, the pipeline or its files are others than in \(earlier?.id ?? "")"
      }
    return (record, reason)
  }

  private func knownTrials(of record: SearchRecord) throws -> [Int: Trial] {
    var known: [Int: Trial] = [:]
    for var trial in try ledger.trials(of: record.id) {
      if trial.state == .failed, request.retriesFailed {
        trial.state = .running
        trial.problems = []
        trial.endedBefore = nil
      }
      known[trial.number] = trial
    }
    return known
  }

  /// The runs whose artifacts are to outlast a collection: those of the best trials.
  private func keptRuns(_ trials: [Trial]) -> [String] {
    TrialRanking(request.spec).front(of: trials).compactMap(\.runs.last)
  }

  // MARK: Trials

  /// What a task in the group came to.
  private enum Outcome: Sendable {
    case ended(SearchCourse.Job, Trial)
    case interrupted
    case timer(isOver: Bool)
  }

  /// - Returns: why the search ended, nil where it was stopped before; and whether its time was over.
  private func makeTrials(
    of record: SearchRecord, _ known: inout [Int: Trial]
  ) async throws -> (String?, Bool) {
    var course = SearchCourse(request.spec)
    return try await withThrowingTaskGroup(of: Outcome.self) { group in
      if let timeout = request.timeout {
        group.addTask {
          // A sleep ends early only where the search has ended.
          .timer(isOver: (try? await Task.sleep(for: timeout)) != nil)
        }
      }
      defer { group.cancelAll() }
      var (running, isStopped, timedOut) = (0, false, false)
      let jobs = min(request.jobs, course.width)
      while true {
        if running < jobs, !isStopped, !Task.isCancelled {
          switch course.next() {
          case .job(let job):
            let trial = try begin(job, in: course, &known)
            if let settled = settled(trial, job) {
              // A rung that was passed before it was to be reached.
              if settled.rungs.count > trial.rungs.count {
                try ledger.record(settled, of: record.id)
                known[settled.number] = settled
              }
              course.settle(job, settled)
              continue
            }
            try ledger.record(trial, of: record.id)
            known[trial.number] = trial
            events.send(.trialStarted(trial))
            running += 1
            group.addTask { try await run(trial, job, record.id) }
            continue
          case .end(let reason): return (reason, false)
          case .wait: break
          }
        }
        guard running > 0, let outcome = try await group.next() else { return (nil, timedOut) }
        switch outcome {
        case .ended(let job, let trial):
          running -= 1
          try take(trial, of: record, &known)
          if let settled = settled(trial, job) { course.settle(job, settled) }
        case .interrupted:
          running -= 1
          isStopped = true
        case .timer(let isOver):
          guard isOver else { continue }
          (isStopped, timedOut) = (true, true)
          group.cancelAll()
        }
      }
    }
  }

  /// The trial of a job as it is known, which has to be what the course decided.
  private func begin(
    _ job: SearchCourse.Job, in course: SearchCourse, _ known: inout [Int: Trial]
  ) throws -> Trial {
    let decided = course.trials[job.trial - 1]
    guard let trial = known[job.trial] else { return decided }
    guard trial.point == decided.point else {
      throw Diagnostic(
        "trial \(job.trial) is recorded with other settings than this program would choose",
        remedy: "begin the search anew with --anew; results of stages are taken up again")
    }
    return trial
  }

  /// The trial as it was right after a job, where it has come so far; nil where the job is to be done.
  private func settled(_ trial: Trial, _ job: SearchCourse.Job) -> Trial? {
    let hasEnded = trial.state == .complete || trial.state == .failed
    if hasEnded, trial.endedBefore == job.rung { return trial }
    guard let rung = job.rung, case .successiveHalving(let epochs, _, _) = request.spec.method,
      let rungs = TrialRun.rungs(trial.heard, to: rung, epochs)
    else { return nil }
    // An earlier rung than the one before which it ended.
    if hasEnded, let before = trial.endedBefore, before <= rung { return trial }
    var earlier = trial
    earlier.state = .paused
    earlier.rungs = rungs
    earlier.figures = [:]
    return earlier
  }

  private func run(_ trial: Trial, _ job: SearchCourse.Job, _ search: String) async throws
    -> Outcome
  {
    let run = TrialRun(
      request: request, executor: executor, ledger: ledger, search: search, job: job,
      onEvent: { events.send($0) })
    guard let ended = try await run.run(trial) else { return .interrupted }
    return .ended(job, ended)
  }

  private func take(
    _ trial: Trial, of record: SearchRecord, _ known: inout [Int: Trial]
  ) throws {
    try ledger.record(trial, of: record.id)
    known[trial.number] = trial
    let front = TrialRanking(request.spec).front(
      of: Array(known.values).sorted { $0.number < $1.number })
    events.send(.trialEnded(trial, isBest: front.contains { $0.number == trial.number }))
  }
}

/// Passes the events of all trials on one at a time.
private final class SearchEventSink: Sendable {
  private let handler: @Sendable (SearchEvent) -> Void
  private let turn = Mutex(())

  init(_ handler: @escaping @Sendable (SearchEvent) -> Void) {
    self.handler = handler
  }

  func send(_ event: SearchEvent) {
    turn.withLock { _ in handler(event) }
  }
}
