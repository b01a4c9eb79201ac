import Testing

@testable import Tracking

struct `What waits for an MLflow server` {
  private func figures(_ steps: Range<Int>, of key: String = "a") -> MLflowItem {
    .metrics(
      key: key, steps.map { MLflowMetric(name: "train/loss", number: 1, step: $0, time: 0) })
  }

  /// The steps of each request, in turn; of what is none of figures no steps.
  private func steps(_ queue: MLflowQueue) -> [[Int]] {
    queue.items.map { item in
      guard case .metrics(_, let figures) = item else { return [] }
      return figures.map(\.step)
    }
  }

  @Test func `is sent together where it is figures of one run`() {
    var queue = MLflowQueue()
    for epoch in 1...4 { queue.append(figures(epoch..<epoch + 1)) }
    queue.append(figures(1..<2, of: "b"))
    queue.append(figures(5..<6))
    queue.append(.end(key: "a", status: "FINISHED"))
    queue.append(figures(6..<7))
    // The first may be on its way already.
    #expect(steps(queue) == [[1], [2, 3, 4], [1], [5], [], [6]])
    #expect(queue.count == 8)
  }

  @Test func `is no more in a request than the server takes`() {
    var queue = MLflowQueue()
    queue.append(.end(key: "b", status: "FINISHED"))
    for start in stride(from: 0, to: 1200, by: 200) { queue.append(figures(start..<start + 200)) }
    #expect(steps(queue).map(\.count) == [0, 400, 400, 400])
    queue.append(figures(1200..<1300))
    #expect(steps(queue).last == Array(800..<1300))
  }

  @Test func `leaves in turn, all of it`() {
    var queue = MLflowQueue()
    var sent: [Int] = []
    var added = 0
    while sent.count < 200 {
      if added < 200 {
        queue.append(figures(added..<added + 1))
        added += 1
      }
      // Twice as much comes as goes, and in the end nothing comes.
      guard added % 2 == 0, case .metrics(_, let figures) = queue.first else { continue }
      sent += figures.map(\.step)
      queue.removeFirst()
      #expect(queue.count == added - sent.count)
      #expect(steps(queue).joined().elementsEqual(sent.count..<added))
    }
    #expect(sent == Array(0..<200))
    #expect(queue.isEmpty && queue.first == nil)
  }
}
