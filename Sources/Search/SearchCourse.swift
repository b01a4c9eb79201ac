/// The jobs of a search in their order, each decided from the outcomes of the jobs up to `ahead` before it.
///
/// What is decided does not depend on how many jobs run at once or on which ends first, so a search that was
/// killed decides the same again from the outcomes that it kept.
package struct SearchCourse: Sendable {
  package struct Job: Hashable, Sendable {
    /// Its place in the course, from 0.
    package let index: Int
    /// The trial's number, from 1.
    package let trial: Int
    /// The rung to reach, from 0; nil for the end of a trial.
    package let rung: Int?
  }

  package enum Step: Hashable, Sendable {
    case job(Job)
    /// Nothing can be decided before a running job ends.
    case wait
    case end(String)
  }

  private let spec: SearchSpec
  private let source: any PointSource
  private let ranking: TrialRanking
  private let limit: Int

  /// Trials with what is known by now, by number - 1.
  package private(set) var trials: [Trial] = []
  private var jobs: [Job?] = []
  private var isSettled: [Bool] = []

  /// The trials as they were known after each settled job, as far as decisions may look at them.
  private var known: [Int: Trial] = [:]
  private var knownJobs = 0
  private var ending: String?

  package init(_ spec: SearchSpec) {
    self.spec = spec
    ranking = TrialRanking(spec)
    switch spec.method {
    case .grid:
      let grid = GridPoints(spec)
      source = grid
      limit = min(spec.trials ?? .max, grid.count)
    case .random, .successiveHalving:
      source = RandomPoints(spec: spec)
      limit = spec.trials ?? SearchSpec.usualTrials
    case .treeParzen:
      source = ParzenPoints(spec: spec)
      limit = spec.trials ?? SearchSpec.usualTrials
    }
  }

  /// How many trials there may be in all.
  package var most: Int { limit }

  /// How many jobs may run at once.
  package var width: Int { spec.looksAtResults ? spec.ahead : .max }

  /// Decides what is to be done next.
  package mutating func next() -> Step {
    while true {
      if let ending { return isSettled.allSatisfy(\.self) ? .end(ending) : .wait }
      guard canDecide else { return .wait }
      if let job = decide() { return .job(job) }
    }
  }

  /// Whether the outcomes are there that the next job is decided from.
  private var canDecide: Bool {
    guard spec.looksAtResults else { return true }
    let needed = jobs.count - spec.ahead + 1
    return needed <= 0 || isSettled.prefix(needed).allSatisfy(\.self)
  }

  /// Takes the outcome of a job: the trial as it is after it.
  package mutating func settle(_ job: Job, _ trial: Trial) {
    trials[trial.number - 1] = trial
    outcomes[job.index] = trial
    isSettled[job.index] = true
  }

  private var outcomes: [Int: Trial] = [:]

  /// Adds a job, or a place without one where there is nothing to do yet.
  private mutating func decide() -> Job? {
    learn()
    if let reason = reasonToStop {
      ending = reason
      return nil
    }
    switch spec.method {
    case .successiveHalving(let rungs, let factor, let isMaximized):
      return decide(rungs, factor, isMaximized)
    case .grid, .random, .treeParzen:
      guard trials.count < limit else {
        ending = "all \(limit) trials are made"
        return nil
      }
      return begin(rung: nil)
    }
  }

  /// Looks at the outcomes of all jobs up to `ahead` before the next one.
  private mutating func learn() {
    guard spec.looksAtResults else { return }
    let end = max(0, jobs.count - spec.ahead + 1)
    while knownJobs < end {
      if let trial = outcomes[knownJobs] { known[trial.number] = trial }
      knownJobs += 1
    }
  }

  private var results: [Trial] {
    known.values.filter { $0.state == .complete || $0.state == .failed }
      .sorted { $0.number < $1.number }
  }

  /// Begins a further trial.
  private mutating func begin(rung: Int?) -> Job? {
    let number = trials.count + 1
    let point = source.point(number: number, after: trials.map(\.point), results: results)
    guard let point else {
      ending = "nothing is left that was not tried"
      return nil
    }
    trials.append(Trial(number: number, point: point))
    return add(Job(index: jobs.count, trial: number, rung: rung))
  }

  private mutating func add(_ job: Job?) -> Job? {
    jobs.append(job)
    isSettled.append(job == nil)
    return job
  }

  /// Asynchronous successive halving, algorithm 2 of Li et al. (2020).
  private mutating func decide(_ rungs: [Int], _ factor: Int, _ isMaximized: Bool) -> Job? {
    for rung in rungs.indices.reversed() {
      let reached = known.values.filter { $0.state != .failed && $0.rungs.count > rung }
        .sorted { left, right in
          let (one, other) = (left.rungs[rung].figure, right.rungs[rung].figure)
          if one == other || (one.isNaN && other.isNaN) { return left.number < right.number }
          if one.isNaN || other.isNaN { return other.isNaN }
          return isMaximized ? one > other : one < other
        }
      let promoted = Set(
        jobs.compactMap { job in
          job.flatMap { ($0.rung ?? rungs.count) > rung ? $0.trial : nil }
        })
      // Who has ended has nothing left to go on for.
      let next = reached.prefix(reached.count / factor).first {
        $0.state != .complete && !promoted.contains($0.number)
      }
      guard let next else { continue }
      return add(
        Job(
          index: jobs.count, trial: next.number, rung: rung + 1 < rungs.count ? rung + 1 : nil))
    }
    if trials.count < limit { return begin(rung: rungs.isEmpty ? nil : 0) }
    // What still runs may let one of those that wait go on.
    guard let last = jobs.lastIndex(where: { $0 != nil }), knownJobs <= last else {
      ending = "all \(limit) trials are made"
      return nil
    }
    return add(nil)
  }

  private var reasonToStop: String? {
    let results = results
    if results.count >= Self.mostFailures, results.allSatisfy({ $0.state == .failed }) {
      return "the first \(Self.mostFailures) trials failed"
    }
    guard spec.goals.count == 1, let goal = spec.goals.first else { return nil }
    if let target = spec.target, let best = ranking.best(of: results),
      let figure = best.figures[goal.metric], goal.isMaximized ? figure >= target : figure <= target
    {
      return "trial \(best.number) has reached the target"
    }
    if let patience = spec.patience {
      let first = ranking.ordered(results).first { $0.state == .complete }
      let best = results.firstIndex { $0.number == first?.number }
      if results.count - 1 - (best ?? -1) >= patience {
        return "\(patience) trials brought nothing better"
      }
    }
    return nil
  }

  /// A search whose first trials all fail has something wrong with it that no other trial mends.
  private static let mostFailures = 5
}
