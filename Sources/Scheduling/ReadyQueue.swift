/// The tasks that could start as far as their dependencies go, in the order of their ranks.
///
/// Of tasks with equal demands only the first can ever be the next to start, so the queue hands out
/// the firsts alone: looking for what fits costs as much as there are different demands, not tasks.
struct ReadyQueue: Sendable {
  /// The first task of a group, at the time that it became the first.
  struct Head: Comparable, Sendable {
    let rank: Int
    let group: Int

    static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  }

  /// The ready ranks of each group.
  private var groups: [Heap<Int>]

  /// The firsts of the groups; outdated ones are passed over.
  private var heads = Heap<Head>()

  init(groups count: Int) {
    groups = Array(repeating: Heap(), count: count)
  }

  mutating func insert(_ rank: Int, group: Int) {
    let isFirst = groups[group].first.map { rank < $0 } ?? true
    groups[group].insert(rank)
    if isFirst { heads.insert(Head(rank: rank, group: group)) }
  }

  /// Takes out the next first of a group; it stays ready until it is removed.
  mutating func popHead() -> Head? {
    while let head = heads.popFirst() {
      // One that was the first before and is again stands there twice.
      while heads.first == head { _ = heads.popFirst() }
      if groups[head.group].first == head.rank { return head }
    }
    return nil
  }

  /// Puts back the first of a group that could not start.
  mutating func putBack(_ head: Head) {
    heads.insert(head)
  }

  /// Removes a task that was popped as the first of its group, which makes the next one the first.
  mutating func remove(_ head: Head) {
    _ = groups[head.group].popFirst()
    if let next = groups[head.group].first { heads.insert(Head(rank: next, group: head.group)) }
  }
}
