internal import Dispatch
internal import Synchronization

/// Does two independent things at the same time where there are cores for it, and waits for both.
///
/// - Parameter isWorthwhile: whether they take longer than it takes to start a thread.
package func bothAtOnce<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, _ second: @Sendable () -> Second,
  whereWorthwhile isWorthwhile: Bool = true
) -> (First, Second) {
  guard isWorthwhile else { return (first(), second()) }
  let results = Mutex<(First?, Second?)>((nil, nil))
  DispatchQueue.concurrentPerform(iterations: 2) { index in
    if index == 0 {
      let result = first()
      results.withLock { $0.0 = result }
    } else {
      let result = second()
      results.withLock { $0.1 = result }
    }
  }
  guard case (let first?, let second?) = results.withLock({ $0 }) else {
    preconditionFailure("both have been through")
  }
  return (first, second)
}
