/// The decisions of a scheduler as a value: which tasks start now, and what an ending leads to.
///
/// Nothing runs in here. Ready tasks are considered by the length of the path of costs that remains
/// behind them, longest first, then in the order given. A task that does not fit lets smaller ones
/// pass a bounded number of times while it is the first of its demand; after that the pool drains for
/// it, so that none starves.
struct Schedule<ID: Hashable & Sendable> {
  private let tasks: [ScheduledTask<ID>]
  private let dependents: [[Int]]
  private let rank: [Int]

  /// The tasks in the order of their ranks.
  private let order: [Int]

  /// For each task, a number that it shares with those that demand the same.
  private let group: [Int]
  private let shortages: [Shortage?]
  private let keepsGoing: Bool

  /// For tasks that some failures leave as they are, what has to succeed.
  private let required: [Int: Set<ID>]

  private var pool: ResourcePool
  private var unmet: [Int]
  private var ready: ReadyQueue
  private var running: Set<Int> = []
  private var attempts: [Int]
  private var timesPassed: [Int]
  private var outcomes: [Outcome<ID>?]
  private var unfinished: Int
  private var isStopping = false
  private var events: [SchedulerEvent<ID>] = []

  /// How many smaller tasks may start before a ready one that does not fit.
  private static var patience: Int { 8 }

  /// How many ready tasks of different demands that do not fit are looked at before it is left at that.
  private static var outlook: Int { 64 }

  init(_ tasks: [ScheduledTask<ID>], pool: ResourcePool, keepsGoing: Bool) {
    let graph = TaskGraph(tasks)
    self.tasks = tasks
    required = Dictionary(
      tasks.enumerated().filter { !$0.element.awaited.isEmpty }
        .map { ($0.offset, Set($0.element.dependencies)) }
    ) { first, _ in first }
    self.pool = pool
    self.keepsGoing = keepsGoing
    dependents = graph.dependents
    rank = graph.ranks
    shortages = tasks.map { pool.shortage(for: $0.demand) }
    unmet = graph.dependencyCounts
    order = tasks.indices.sorted { graph.ranks[$0] < graph.ranks[$1] }
    var groups: [[String: Int]: Int] = [:]
    group = tasks.map { task in
      let number = groups[task.demand] ?? groups.count
      groups[task.demand] = number
      return number
    }
    ready = ReadyQueue(groups: groups.count)
    for index in tasks.indices where unmet[index] == 0 {
      ready.insert(graph.ranks[index], group: group[index])
    }
    attempts = Array(repeating: 0, count: tasks.count)
    timesPassed = attempts
    outcomes = Array(repeating: nil, count: tasks.count)
    unfinished = tasks.count
  }

  var isFinished: Bool { unfinished == 0 }

  /// The end of every task, once all have ended.
  var result: [ID: Outcome<ID>] {
    var result: [ID: Outcome<ID>] = [:]
    for (task, outcome) in zip(tasks, outcomes) { result[task.id] = outcome }
    return result
  }

  /// What has happened since the last call.
  mutating func takeEvents() -> [SchedulerEvent<ID>] {
    defer { events = [] }
    return events
  }

  /// Takes the tasks that can start now out of the ready ones, with the number of their attempt.
  mutating func takeStartable() -> [(index: Int, task: ScheduledTask<ID>, attempt: Int)] {
    var started: [Int] = []
    var waiting: [ReadyQueue.Head] = []
    while !isStopping, waiting.count < Self.outlook, let head = ready.popHead() {
      let index = order[head.rank]
      if let shortage = shortages[index] {
        ready.remove(head)
        end(index, .failed(shortage))
      } else if pool.allows(tasks[index].demand) {
        ready.remove(head)
        pool.take(tasks[index].demand)
        running.insert(index)
        started.append(index)
        for passed in waiting { timesPassed[order[passed.rank]] += 1 }
        if waiting.contains(where: { hasWaitedLong($0) }) { break }
      } else {
        waiting.append(head)
        if hasWaitedLong(head) { break }
      }
    }
    for head in waiting { ready.putBack(head) }
    return started.map { index in
      attempts[index] += 1
      events.append(.started(tasks[index].id, attempt: attempts[index]))
      return (index, tasks[index], attempts[index])
    }
  }

  private func hasWaitedLong(_ head: ReadyQueue.Head) -> Bool {
    timesPassed[order[head.rank]] >= Self.patience
  }

  /// Takes note of how an attempt of a running task ended.
  mutating func finish(
    _ index: Int, _ result: Result<Verdict, any Error>, cancelled: Cancellation.Reason?
  ) {
    running.remove(index)
    pool.giveBack(tasks[index].demand)
    switch (result, cancelled) {
    case (.success(.done), _): end(index, .succeeded)
    case (.success(.pass), _): end(index, .skipped(because: tasks[index].id))
    case (.failure, .requested): end(index, .cancelled)
    case (.failure(let error), .timedOut(let limit)):
      fail(index, TimedOut(limit: limit, underlying: error))
    case (.failure(let error), nil): fail(index, error)
    }
  }

  /// Starts nothing more; what has not started counts as cancelled.
  mutating func stop() {
    isStopping = true
    for index in tasks.indices where outcomes[index] == nil && !running.contains(index) {
      settle(index, .cancelled)
    }
  }

  private mutating func fail(_ index: Int, _ error: any Error) {
    let task = tasks[index]
    guard attempts[index] <= task.retries, !isStopping else { return end(index, .failed(error)) }
    events.append(.retrying(task.id, after: error, attempt: attempts[index] + 1))
    makeReady(index)
  }

  /// Settles a task and what follows from that for the others.
  private mutating func end(_ index: Int, _ outcome: Outcome<ID>) {
    settle(index, outcome)
    switch outcome {
    case .succeeded:
      for dependent in dependents[index] { meet(dependent) }
    case .failed, .skipped:
      skipDependents(of: index)
      if case .failed = outcome, !keepsGoing { stop() }
    case .cancelled:
      stop()
    }
  }

  /// Takes note that one of those has ended that a task waits for.
  private mutating func meet(_ index: Int) {
    unmet[index] -= 1
    if unmet[index] == 0, outcomes[index] == nil { makeReady(index) }
  }

  private mutating func skipDependents(of origin: Int) {
    var lost = [origin]
    while let index = lost.popLast() {
      for dependent in dependents[index] where outcomes[dependent] == nil {
        if let required = required[dependent], !required.contains(tasks[index].id) {
          meet(dependent)
        } else {
          settle(dependent, .skipped(because: tasks[origin].id))
          lost.append(dependent)
        }
      }
    }
  }

  private mutating func settle(_ index: Int, _ outcome: Outcome<ID>) {
    outcomes[index] = outcome
    unfinished -= 1
    events.append(.finished(tasks[index].id, outcome))
  }

  private mutating func makeReady(_ index: Int) {
    if isStopping { return settle(index, .cancelled) }
    ready.insert(rank[index], group: group[index])
  }
}
