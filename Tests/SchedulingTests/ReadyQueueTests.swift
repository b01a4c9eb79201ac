import Testing

@testable import Scheduling

@Suite struct ReadyQueueTests {
  /// Against a plain list that is searched each time.
  @Test(arguments: 0..<100 as Range<UInt64>)
  func `hands out the first of each group in the order of ranks`(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var queue = ReadyQueue(groups: 4)
    var ready: [Int: Int] = [:]
    for _ in 0..<60 {
      for rank in (0..<20).shuffled(using: &random).prefix(3) where ready[rank] == nil {
        ready[rank] = rank % 4
        queue.insert(rank, group: rank % 4)
      }
      var heads: [ReadyQueue.Head] = []
      while let head = queue.popHead() { heads.append(head) }
      let firsts = Dictionary(grouping: ready.keys) { $0 % 4 }.compactMap { $0.value.min() }
      #expect(heads.map(\.rank) == firsts.sorted())
      for head in heads {
        if Bool.random(using: &random) {
          queue.remove(head)
          ready[head.rank] = nil
        } else {
          queue.putBack(head)
        }
      }
    }
  }
}
