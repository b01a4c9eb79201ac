import Dataset
import Synchronization
import Tensor
import Testing

@testable import Learning

@Suite struct PrefetcherTests {
  private struct Broken: Error {}

  private static func batch(_ index: Int) -> Batch { Batch(inputs: [:], rows: [Int64(index)]) }

  @Test(arguments: [(1, 1), (2, 1), (3, 4), (8, 4)])
  func `gives batches in order, however many are made side by side`(
    depth: Int, queues: Int
  ) throws {
    let prefetcher = Prefetcher(count: 50, depth: depth, queues: queues) { Self.batch($0) }
    defer { prefetcher.cancel() }
    for index in 0..<50 { #expect(try prefetcher.next().rows == [Int64(index)]) }
  }

  @Test func `makes no more batches ahead than it may`() throws {
    let made = Mutex(0)
    let prefetcher = Prefetcher(count: 50, depth: 3, queues: 4) { index in
      made.withLock { $0 += 1 }
      return Self.batch(index)
    }
    for index in 0..<10 {
      _ = try prefetcher.next()
      #expect(made.withLock { $0 } <= index + 1 + 3)
    }
    prefetcher.cancel()
  }

  @Test func `throws in the place of the batch that cannot be made`() throws {
    let prefetcher = Prefetcher(count: 50, depth: 4, queues: 3) { index in
      if index == 7 { throw Broken() }
      return Self.batch(index)
    }
    defer { prefetcher.cancel() }
    for index in 0..<7 { #expect(try prefetcher.next().rows == [Int64(index)]) }
    #expect(throws: Broken.self) { try prefetcher.next() }
  }
}
