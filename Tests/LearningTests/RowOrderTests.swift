import Dataset
import Synchronization
import Tensor
import Testing

@testable import Learning

@Suite struct RowOrderTests {
  private let stream = RandomStream(seed: 5, path: ["order", 0])

  /// Windows of 40 rows made of blocks of 4.
  private let limits = RowOrder.Limits(
    bytes: 100, rows: 1000, window: 40, rowsPerWindow: 1000, block: 4)

  private func rows(_ order: RowOrder, by size: Int) -> [Int64] {
    stride(from: 0, to: order.count, by: size).flatMap { start -> [Int64] in
      guard case .positions(let rows) = order.rows(start..<min(start + size, order.count)) else {
        return []
      }
      return rows
    }
  }

  @Test func `a split that caches hold is shuffled as a whole`() {
    var copy = stream
    let order = RowOrder(shuffling: 100, rowBytes: 1, stream, limits: limits)
    #expect(rows(order, by: 7) == copy.permutation(100).map(Int64.init))
  }

  @Test(arguments: [101, 120, 399, 1000])
  func `a larger split is shuffled in windows that together have each row once`(count: Int) {
    let order = RowOrder(shuffling: count, rowBytes: 1, stream, limits: limits)
    let all = rows(order, by: 7)
    #expect(all.sorted() == (0..<Int64(count)).map { $0 })
    #expect(all == rows(order, by: 64))
    #expect(all == rows(RowOrder(shuffling: count, rowBytes: 1, stream, limits: limits), by: 13))
    // A window has the rows of ten blocks, in no order.
    let window = all.prefix(36)
    #expect(Set(window.map { $0 / 4 }).count <= 11)
    #expect(Array(window) != window.sorted())
  }

  @Test func `rows are announced before they are read, and let go when they are done with`() {
    let seen = Mutex<(coming: [Range<Int>], done: [Range<Int>])>(([], []))
    let order = RowOrder(shuffling: 200, rowBytes: 1, stream, limits: limits) { coming, done in
      seen.withLock { $0 = ($0.coming + coming, $0.done + done) }
    }
    guard case .positions(let first) = order.rows(0..<20) else { return }
    let coming = seen.withLock { $0.coming }
    #expect(first.allSatisfy { row in coming.contains { $0.contains(Int(row)) } })
    #expect(seen.withLock { $0.done.isEmpty })
    _ = rows(order, by: 20)
    #expect(seen.withLock { $0.coming.flatMap { Array($0) }.sorted() } == Array(0..<200))
    // The last two windows stay, for batches that are made side by side.
    #expect(seen.withLock { $0.done.reduce(0) { $0 + $1.count } } == 120)
  }
}
