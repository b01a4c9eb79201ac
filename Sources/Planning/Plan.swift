package import Hardware
internal import Pipeline

/// How a pipeline is going to run on a machine. Nothing runs by making one.
package struct Plan: Sendable {
  package let machine: Machine

  /// One entry for each stage instance, in the graph's order.
  package private(set) var stages: [PlannedStage]

  /// What may be in use at once, by the names that demands use.
  package private(set) var capacity: [String: Int]

  private let positions: [String: Int]

  init(machine: Machine, stages: [PlannedStage], capacity: [String: Int]) {
    self.machine = machine
    self.stages = stages
    self.capacity = capacity
    positions = Dictionary(stages.enumerated().map { ($0.element.address, $0.offset) }) {
      first, _ in first
    }
  }

  package subscript(address: String) -> PlannedStage? {
    positions[address].map { stages[$0] }
  }

  /// The same with nothing left to be found out by measuring, so that it is carried out in the same way
  /// whatever else the machine does.
  package var closed: Plan {
    var closed = self
    for index in stages.indices { closed.stages[index].resources.open = nil }
    return closed
  }

  /// The same with no more stages at once than so many, where there is such a limit.
  package func limited(toJobs jobs: Int?) -> Plan {
    guard let jobs else { return self }
    var limited = self
    limited.capacity["jobs"] = max(1, jobs)
    for index in stages.indices { limited.stages[index].demand["jobs"] = 1 }
    return limited
  }
}
