import Testing

@testable import Scheduling

@Suite struct ScheduleTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `random graphs keep order and resources and end`(seed: UInt64) {
    let (tasks, pool) = randomTasks(seed: seed)
    let simulation = Simulation(tasks, pool: pool)
    #expect(simulation.violations == [])
    #expect(Set(simulation.started) == Set(tasks.map(\.id)))
    #expect(Simulation(tasks, pool: pool).started == simulation.started)
  }

  @Test(arguments: 0..<200 as Range<UInt64>, [true, false])
  func `every task is accounted for when some fail`(seed: UInt64, keepsGoing: Bool) {
    let (tasks, pool) = randomTasks(seed: seed)
    let simulation = Simulation(tasks, pool: pool, keepsGoing: keepsGoing) { id, attempt in
      (id &+ attempt) % 3 == 0
    }
    #expect(simulation.violations == [])
    let failed = simulation.outcomes.filter { if case .failed = $0.value { true } else { false } }
    for task in tasks {
      let attempts = simulation.started.count { $0 == task.id }
      #expect(attempts <= task.retries + 1)
      switch simulation.outcomes[task.id] {
      case .succeeded: #expect(attempts >= 1)
      case .failed: #expect(keepsGoing ? attempts == task.retries + 1 : attempts >= 1)
      case .skipped(let origin): #expect(failed[origin] != nil && attempts == 0)
      case .cancelled: #expect(!keepsGoing)
      case nil: Issue.record("task \(task.id) has no outcome")
      }
    }
  }

  @Test func `starts the longest remaining path first`() {
    let tasks = [
      ScheduledTask(id: 0, demand: ["cores": 1], cost: 5),
      ScheduledTask(id: 1, demand: ["cores": 1], cost: 1),
      ScheduledTask(id: 2, dependencies: [1], demand: ["cores": 1], cost: 9),
      ScheduledTask(id: 3, demand: ["cores": 1], cost: 5),
    ]
    #expect(Simulation(tasks, pool: ["cores": 1]).started == [1, 2, 0, 3])
  }

  @Test func `a large task is not starved by small ones`() {
    var tasks = [
      ScheduledTask(id: 0, demand: ["cores": 1], cost: 100),
      ScheduledTask(id: 1, demand: ["cores": 2], cost: 50),
    ]
    tasks += (2..<100).map { ScheduledTask(id: $0, demand: ["cores": 1], cost: 1) }
    let started = Simulation(tasks, pool: ["cores": 2]).started
    #expect(started.firstIndex(of: 1).map { $0 <= 10 } == true)
  }

  @Test func `a demand beyond the pool fails alone and at once`() {
    let tasks = [
      ScheduledTask(id: 0, demand: ["cores": 3]), ScheduledTask(id: 1, dependencies: [0]),
      ScheduledTask(id: 2, demand: ["cores": 1]),
    ]
    let outcomes = Simulation(tasks, pool: ["cores": 2]).outcomes
    guard case .failed(let error) = outcomes[0], case .skipped(because: 0) = outcomes[1],
      case .succeeded = outcomes[2]
    else {
      Issue.record("unexpected outcomes \(outcomes)")
      return
    }
    #expect(error as? Shortage == Shortage(resource: "cores", demanded: 3, capacity: 2))
  }

  @Test func `failing fast lets running tasks finish`() {
    let tasks = [
      ScheduledTask(id: 0, cost: 1), ScheduledTask(id: 1, cost: 9),
      ScheduledTask(id: 2, dependencies: [1], cost: 0.5),
    ]
    let outcomes = Simulation(tasks, pool: [:], keepsGoing: false) { id, _ in id == 0 }.outcomes
    guard case .failed = outcomes[0], case .succeeded = outcomes[1], case .cancelled = outcomes[2]
    else {
      Issue.record("unexpected outcomes \(outcomes)")
      return
    }
  }
}
