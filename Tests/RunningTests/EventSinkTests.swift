import RunningSupport
import Synchronization
import Testing

@testable import Running

struct EventSinkTests {
  @Test func `a run may have any number of events`() {
    let count = Mutex(0)
    let sink = EventSink { _ in count.withLock { $0 += 1 } }
    for number in 0..<100_000 { sink.send(.log("a", "\(number)")) }
    #expect(count.withLock { $0 } == 100_000)
  }
}
