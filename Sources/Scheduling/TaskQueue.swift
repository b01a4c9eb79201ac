internal import Dispatch

/// Runs the asynchronous body of one attempt on a serial Dispatch queue of its own.
///
/// Dispatch backs such a queue with a thread whenever it has work, so a body may block, on a file or
/// a lock, without keeping other tasks from going on.
final class TaskQueue: TaskExecutor {
  private let queue = DispatchQueue(label: "anneal.task")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
