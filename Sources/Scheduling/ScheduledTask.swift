/// A unit of work with what it waits for and what it needs while it runs.
package struct ScheduledTask<ID: Hashable & Sendable>: Sendable {
  package var id: ID
  /// The tasks that have to succeed first.
  package var dependencies: [ID]
  /// The tasks that have to end first, however they end.
  package var awaited: [ID]
  /// The resources it holds while it runs.
  package var demand: [String: Int]
  /// How long it is expected to take, in any unit that all tasks share.
  package var cost: Double
  /// How often it is tried again after a failure.
  package var retries: Int
  /// How long one attempt may take.
  package var timeout: Duration?

  package init(
    id: ID, dependencies: [ID] = [], awaiting awaited: [ID] = [], demand: [String: Int] = [:],
    cost: Double = 1,
    retries: Int = 0, timeout: Duration? = nil
  ) {
    self.id = id
    self.dependencies = dependencies
    self.awaited = awaited
    self.demand = demand
    self.cost = cost
    self.retries = retries
    self.timeout = timeout
  }
}
