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

  @Test func `a split that any run can hold is shuffled as a whole`() {
    var copy = stream
    let order = RowOrder(shuffling: 100, rowBytes: 1, stream, limits: limits)
    #expect(order.windows == nil)
    #expect(rows(order, by: 7) == copy.permutation(100).map(Int64.init))
  }

  @Test(arguments: [101, 102, 103, 120, 399, 1000])
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

  /// Wherever the block with fewer rows lies.
  @Test(arguments: 0..<12)
  func `each place has a row of its own`(seed: UInt64) {
    let parts = WindowParts(55, size: 4, perWindow: 5, RandomStream(seed: seed))
    let rows = (0..<parts.windows).map { window in
      (parts.start(of: window)..<parts.start(of: window + 1)).map { place in
        #expect(parts.window(of: place) == window)
        return parts.row(at: place - parts.start(of: window), of: window)
      }
    }
    #expect(rows.joined().sorted() == Array(0..<55))
    for (window, rows) in rows.enumerated() {
      let blocks = window * 5..<min(window * 5 + 5, parts.blocks.count)
      #expect(rows == blocks.flatMap { Array(parts.rows(ofBlock: $0)) })
      #expect(parts.order(of: window).sorted() == rows.indices.map(UInt32.init))
    }
  }

  /// Ten million rows of 84 bytes, six times as much as is shuffled as a whole, as a training has them.
  @Test func `batches have rows from all over a large split, others in each epoch`() {
    let count = 10_000_000
    func batch(_ number: Int, epoch: Int) -> [Int64] {
      let stream = RandomStream(seed: 1, path: ["order", .init(epoch)])
      let order = RowOrder(shuffling: count, rowBytes: 84, stream)
      guard case .positions(let rows) = order.rows(number * 256..<(number + 1) * 256) else {
        return []
      }
      // The orders of two windows and the blocks' own: much less than a byte for each row.
      let held = order.windows.map { 2 * $0.parts.start(of: 1) + $0.parts.blocks.count } ?? count
      #expect(4 * held < count)
      return rows
    }
    let rows = batch(0, epoch: 0)
    #expect(rows == batch(0, epoch: 0))
    #expect(Set(rows).count == 256)
    for other in [batch(0, epoch: 1), batch(1, epoch: 0)] {
      #expect(Set(rows).intersection(other).count < 8)
    }
    // Of sixteen parts of the split each has its share of 16, within four deviations.
    for part in 0..<16 {
      let share = rows.count { Int($0) * 16 / count == part }
      #expect((1...31).contains(share))
    }
  }

  @Test func `rows are announced as they are due, and let go when they are done with`() {
    let seen = Mutex<(coming: [Range<Int>], done: [Range<Int>])>(([], []))
    let order = RowOrder(shuffling: 200, rowBytes: 1, stream, limits: limits) { coming, done in
      seen.withLock { $0 = ($0.coming + coming, $0.done + done) }
    }
    var most = 0
    for start in stride(from: 0, to: 200, by: 10) {
      guard case .positions(let rows) = order.rows(start..<start + 10) else { return }
      order.windows?.settle()
      let (coming, done) = seen.withLock { $0 }
      #expect(rows.allSatisfy { row in coming.contains { $0.contains(Int(row)) } })
      #expect(!rows.contains { row in done.contains { $0.contains(Int(row)) } })
      most = max(most, (coming.map(\.count).reduce(0, +) - done.map(\.count).reduce(0, +)))
    }
    // Never more than two windows are there.
    #expect(most <= 80)
    order.windows?.finish()
    order.windows?.settle()
    let (coming, done) = seen.withLock { $0 }
    #expect(coming.flatMap { Array($0) }.sorted() == Array(0..<200))
    #expect(done.flatMap { Array($0) }.sorted() == Array(0..<200))
  }
}
