/// What happens to tasks, in the order in which it happens.
package enum SchedulerEvent<ID: Hashable & Sendable>: Sendable {
  case started(ID, attempt: Int)
  case retrying(ID, after: any Error, attempt: Int)
  case finished(ID, Outcome<ID>)
}
