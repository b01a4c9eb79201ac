@testable import Scheduling

/// Steps a schedule with a made-up clock: each task takes as long as its cost.
struct Simulation {
  /// The identifiers in the order in which they started.
  private(set) var started: [Int] = []
  private(set) var outcomes: [Int: Outcome<Int>] = [:]
  /// Each violation of what a schedule promises, in words.
  private(set) var violations: [String] = []

  /// - Parameter fails: whether this attempt of a task throws.
  init(
    _ tasks: [ScheduledTask<Int>], pool: [String: Int], keepsGoing: Bool = true,
    fails: (Int, Int) -> Bool = { _, _ in false }
  ) {
    var schedule = Schedule(tasks, pool: ResourcePool(pool), keepsGoing: keepsGoing)
    let byID = Dictionary(uniqueKeysWithValues: tasks.map { ($0.id, $0) })
    var running: [(end: Double, index: Int, task: ScheduledTask<Int>, attempt: Int)] = []
    var now = 0.0
    var done: Set<Int> = []
    while true {
      for start in schedule.takeStartable() {
        started.append(start.task.id)
        let missing = start.task.dependencies.filter { !done.contains($0) }
        if !missing.isEmpty { violations.append("\(start.task.id) started before \(missing)") }
        running.append((now + start.task.cost, start.index, start.task, start.attempt))
      }
      for (name, amount) in pool {
        let held = running.map { $0.task.demand[name, default: 0] }.reduce(0, +)
        if held > amount { violations.append("\(held) of \(amount) \(name) are held") }
      }
      guard let next = running.min(by: { ($0.end, $0.index) < ($1.end, $1.index) }) else { break }
      running.removeAll { $0.index == next.index }
      now = next.end
      if fails(next.task.id, next.attempt) {
        schedule.finish(next.index, .failure(Planned()), cancelled: nil)
      } else {
        done.insert(next.task.id)
        schedule.finish(next.index, .success(.done), cancelled: nil)
      }
    }
    if !schedule.isFinished { violations.append("the schedule is stuck") }
    outcomes = schedule.result
    if Set(outcomes.keys) != Set(byID.keys) { violations.append("an outcome is missing") }
  }

  struct Planned: Error {}
}
