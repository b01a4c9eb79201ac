/// Runs tasks that depend on each other, each on its own Dispatch queue, within a pool of resources.
///
/// It knows nothing of what the tasks do. Ready tasks start longest remaining path first; a failed
/// task is tried again as often as it asks for, and then either everything that does not depend on
/// it goes on (`keepsGoing`), or nothing new is started while running tasks finish.
package struct Scheduler<ID: Hashable & Sendable>: Sendable {
  package var pool: ResourcePool
  package var keepsGoing: Bool

  package init(pool: ResourcePool, keepsGoing: Bool = false) {
    self.pool = pool
    self.keepsGoing = keepsGoing
  }

  /// Runs all tasks and returns how each ended.
  ///
  /// A cancelled or timed-out body is told through its attempt and by the cancellation of its Swift
  /// task, and then waited for.
  ///
  /// - Parameters:
  ///   - tasks: unique, complete and without cycles.
  ///   - cancellation: stops the run: running bodies are told, others never start.
  ///   - observer: hears of events one at a time and in order.
  ///   - body: does the work of one attempt, on a Dispatch queue of its own; it may block.
  package func run(
    _ tasks: [ScheduledTask<ID>], cancellation: Cancellation = Cancellation(),
    observer: @escaping @Sendable (SchedulerEvent<ID>) -> Void = { _ in },
    body: @escaping @Sendable (ID, Attempt) async throws -> Verdict
  ) async -> [ID: Outcome<ID>] {
    let schedule = Schedule(tasks, pool: pool, keepsGoing: keepsGoing)
    return await withCheckedContinuation { continuation in
      let run = SchedulerRun(schedule, observer: observer, body: body) { outcomes in
        continuation.resume(returning: outcomes)
      }
      run.begin(cancellation)
    }
  }
}
