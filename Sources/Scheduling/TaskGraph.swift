/// The edges between tasks and the order in which ready ones are considered.
struct TaskGraph {
  /// For each task, the tasks that wait for it.
  let dependents: [[Int]]
  /// For each task, how many tasks it waits for.
  let dependencyCounts: [Int]
  /// For each task its place when ordered by longest remaining path, then by position.
  let ranks: [Int]

  /// - Precondition: identifiers are unique, dependencies exist, and there is no cycle.
  init<ID>(_ tasks: [ScheduledTask<ID>]) {
    var positions: [ID: Int] = [:]
    for (index, task) in tasks.enumerated() {
      precondition(positions.updateValue(index, forKey: task.id) == nil, "a task is listed twice")
    }
    var dependents = Array(repeating: [Int](), count: tasks.count)
    var counts = Array(repeating: 0, count: tasks.count)
    for (index, task) in tasks.enumerated() {
      let dependencies = Set(
        (task.dependencies + task.awaited).map { dependency -> Int in
          guard let position = positions[dependency] else {
            preconditionFailure("task \(task.id) depends on \(dependency), which is not listed")
          }
          return position
        })
      counts[index] = dependencies.count
      for dependency in dependencies { dependents[dependency].append(index) }
    }
    self.dependents = dependents
    dependencyCounts = counts

    let lengths = Self.remainingLengths(tasks.map(\.cost), dependents, counts)
    let order = tasks.indices.sorted {
      lengths[$0] == lengths[$1] ? $0 < $1 : lengths[$0] > lengths[$1]
    }
    var ranks = Array(repeating: 0, count: tasks.count)
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    self.ranks = ranks
  }

  /// For each task, the largest sum of costs along any path that begins with it.
  private static func remainingLengths(
    _ costs: [Double], _ dependents: [[Int]], _ counts: [Int]
  ) -> [Double] {
    var counts = counts
    var order = costs.indices.filter { counts[$0] == 0 }
    var next = 0
    while next < order.count {
      for dependent in dependents[order[next]] {
        counts[dependent] -= 1
        if counts[dependent] == 0 { order.append(dependent) }
      }
      next += 1
    }
    precondition(order.count == costs.count, "the tasks depend on each other in a circle")
    var lengths = costs
    for index in order.reversed() {
      let longest = dependents[index].map { lengths[$0] }.max() ?? 0
      lengths[index] = costs[index] + longest
    }
    return lengths
  }
}
