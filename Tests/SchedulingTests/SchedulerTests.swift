import Dispatch
import Synchronization
import Testing

@testable import Scheduling

@Suite struct SchedulerTests {
  struct Broken: Error {}

  @Test func `runs bodies at the same time where resources allow`() async {
    // Each of the two waits for the other, so they end only if they overlap.
    let first = DispatchSemaphore(value: 0)
    let second = DispatchSemaphore(value: 0)
    let scheduler = Scheduler<String>(pool: ResourcePool(["cores": 2]))
    let tasks = ["a", "b"].map { ScheduledTask(id: $0, demand: ["cores": 1]) }
    let outcomes = await scheduler.run(tasks) { id, _ in
      (id == "a" ? first : second).signal()
      (id == "a" ? second : first).wait()
      return .done
    }
    #expect(outcomes.count == 2)
    for outcome in outcomes.values {
      guard case .succeeded = outcome else {
        Issue.record("\(outcome)")
        continue
      }
    }
  }

  @Test func `nothing to do ends at once`() async {
    let outcomes = await Scheduler<Int>(pool: ResourcePool([:])).run([]) { _, _ in .done }
    #expect(outcomes.isEmpty)
  }

  @Test(arguments: [
    Duration.milliseconds(9_223_372_036_900), .milliseconds(Int.max), .seconds(Int64.max),
  ])
  func `waits without end where a timeout is beyond all clocks`(timeout: Duration) async {
    let outcomes = await Scheduler<Int>(pool: ResourcePool([:])).run([
      ScheduledTask(id: 1, timeout: timeout)
    ]) { _, _ in .done }
    guard case .succeeded = outcomes[1] else {
      Issue.record("\(outcomes)")
      return
    }
  }

  @Test func `counts no time while an attempt waits`() {
    let cancellation = Cancellation()
    let queue = DispatchQueue(label: "clock")
    let clock = AttemptClock(limit: .zero, of: cancellation, on: queue)
    queue.suspend()
    clock.start()
    clock.pause()
    queue.resume()
    // After the alarm that is not meant any more.
    let later = DispatchSemaphore(value: 0)
    queue.asyncAfter(deadline: .now() + .milliseconds(1)) { later.signal() }
    later.wait()
    #expect(!cancellation.isCancelled)
    let ended = DispatchSemaphore(value: 0)
    cancellation.onCancel { _ in ended.signal() }
    clock.start()
    ended.wait()
    #expect(cancellation.reason == .timedOut(after: .zero))
  }

  @Test func `tries again and tells so in order`() async {
    let log = Mutex<[String]>([])
    let scheduler = Scheduler<String>(pool: ResourcePool([:]))
    _ = await scheduler.run(
      [ScheduledTask(id: "a", retries: 2)],
      observer: { event in
        let line =
          switch event {
          case .started(let id, let attempt): "\(id) started \(attempt)"
          case .retrying(let id, _, let attempt): "\(id) retrying \(attempt)"
          case .finished(let id, .succeeded): "\(id) succeeded"
          case .finished(let id, _): "\(id) ended otherwise"
          }
        log.withLock { $0.append(line) }
      },
      body: { _, attempt in
        if attempt.number < 3 { throw Broken() }
        return .done
      })
    #expect(
      log.withLock { $0 } == [
        "a started 1", "a retrying 2", "a started 2", "a retrying 3", "a started 3", "a succeeded",
      ])
  }

  @Test func `passing skips what depends on it without failing`() async {
    let tasks = [
      ScheduledTask(id: 0), ScheduledTask(id: 1, dependencies: [0]), ScheduledTask(id: 2),
    ]
    let outcomes = await Scheduler<Int>(pool: ResourcePool([:])).run(tasks) { id, _ in
      id == 0 ? .pass : .done
    }
    guard case .skipped(because: 0) = outcomes[0], case .skipped(because: 0) = outcomes[1],
      case .succeeded = outcomes[2]
    else {
      Issue.record("unexpected outcomes \(outcomes)")
      return
    }
  }

  @Test func `cancelling tells running bodies and starts no others`() async {
    let cancellation = Cancellation()
    let tasks = [ScheduledTask(id: 0), ScheduledTask(id: 1, dependencies: [0])]
    let outcomes = await Scheduler<Int>(pool: ResourcePool([:])).run(
      tasks, cancellation: cancellation
    ) { _, attempt in
      let told = DispatchSemaphore(value: 0)
      attempt.cancellation.onCancel { _ in told.signal() }
      cancellation.cancel()
      told.wait()
      throw Broken()
    }
    guard case .cancelled = outcomes[0], case .cancelled = outcomes[1] else {
      Issue.record("unexpected outcomes \(outcomes)")
      return
    }
  }

  @Test func `cancelling also cancels the body's Swift task`() async {
    let cancellation = Cancellation()
    let outcomes = await Scheduler<Int>(pool: ResourcePool([:])).run(
      [ScheduledTask(id: 0)], cancellation: cancellation
    ) { _, _ in
      let never = AsyncStream<Void> { _ in }
      cancellation.cancel()
      for await _ in never {}
      try Task.checkCancellation()
      return .done
    }
    guard case .cancelled = outcomes[0] else {
      Issue.record("unexpected outcomes \(outcomes)")
      return
    }
  }

  @Test func `an attempt that takes too long is stopped and fails with the limit`() async {
    let task = ScheduledTask(id: 0, timeout: .milliseconds(5))
    let outcomes = await Scheduler<Int>(pool: ResourcePool([:])).run([task]) { _, attempt in
      let told = DispatchSemaphore(value: 0)
      attempt.cancellation.onCancel { _ in told.signal() }
      told.wait()
      throw Broken()
    }
    guard case .failed(let error) = outcomes[0], let error = error as? TimedOut else {
      Issue.record("unexpected outcomes \(outcomes)")
      return
    }
    #expect(error.limit == .milliseconds(5))
    #expect(error.underlying is Broken)
  }

  @Test func `a cancellation speaks once, also to those who come late`() {
    let cancellation = Cancellation()
    let heard = Mutex<[String]>([])
    let removed = cancellation.onCancel { _ in heard.withLock { $0.append("removed") } }
    cancellation.onCancel { _ in heard.withLock { $0.append("early") } }
    cancellation.remove(removed)
    cancellation.cancel(.timedOut(after: .seconds(1)))
    cancellation.cancel()
    cancellation.onCancel { _ in heard.withLock { $0.append("late") } }
    #expect(cancellation.reason == .timedOut(after: .seconds(1)))
    #expect(heard.withLock { $0 } == ["early", "late"])
  }
}
