internal import Tensor

/// Deals rows out to splits at random.
///
/// Each row draws its place from (seed, row id) alone, so that neither order nor the number of threads
/// changes who goes where.
package struct Splitter: Sendable {
  private let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  /// Splits by fractions, exact up to one row.
  ///
  /// - Parameter stratified: Whether every class is split by the fractions on its own.
  /// - Returns: The split of each row of `facts`.
  package func assign(
    _ facts: RowFacts, _ fractions: SplitFractions, stratified: Bool
  ) -> [SplitName] {
    var result = [SplitName](repeating: .train, count: facts.count)
    if !facts.groups.isEmpty {
      assignGroups(facts, fractions, &result)
      return result
    }
    for members in strata(facts, stratified) {
      let order = shuffled(members) { facts.ids[$0] }
      deal(order, fractions, &result)
    }
    return result
  }

  /// The places of the rows that a sample of the given share keeps, ascending.
  package func sample(_ facts: RowFacts, share: Double) -> [Int] {
    let count = Int((share * Double(facts.count)).rounded())
    let order = shuffled(Array(0..<facts.count), under: "sample") { facts.ids[$0] }
    return order.prefix(count).sorted()
  }

  private func strata(_ facts: RowFacts, _ stratified: Bool) -> [[Int]] {
    guard stratified, let most = facts.labels.max() else { return [Array(0..<facts.count)] }
    var strata = [[Int]](repeating: [], count: Int(most) + 1)
    for (place, label) in facts.labels.enumerated() { strata[Int(label)].append(place) }
    return strata
  }

  private func deal(_ order: [Int], _ fractions: SplitFractions, _ result: inout [SplitName]) {
    var rest = order[...]
    for (split, count) in zip(SplitName.allCases, fractions.counts(of: order.count)) {
      for place in rest.prefix(count) { result[place] = split }
      rest = rest.dropFirst(count)
    }
  }

  /// Whole groups, in random order, go to the split that lacks the most of its rows.
  private func assignGroups(
    _ facts: RowFacts, _ fractions: SplitFractions, _ result: inout [SplitName]
  ) {
    var members: [Int32: [Int]] = [:]
    for (place, group) in facts.groups.enumerated() { members[group, default: []].append(place) }
    // A group is known by its first row, which does not depend on how groups are numbered.
    let firsts = members.values.compactMap(\.first).sorted()
    var lacking = fractions.counts(of: facts.count)
    for first in shuffled(firsts, { facts.ids[$0] }) {
      let places = members[facts.groups[first]] ?? []
      let emptiest = lacking.indices.max { left, right in
        (lacking[left], right) < (lacking[right], left)
      }
      guard let emptiest else { return }
      for place in places { result[place] = SplitName.allCases[emptiest] }
      lacking[emptiest] -= places.count
    }
  }

  /// The places in the order of their random keys.
  private func shuffled(
    _ places: [Int], under purpose: String = "split", _ id: (Int) -> Int64
  ) -> [Int] {
    let streams = RandomStream(seed: seed, path: [.word(purpose)])
    let keyed = places.map { place in
      var stream = streams.child(.number(UInt64(bitPattern: id(place))))
      return (key: stream.next(), id: id(place), place: place)
    }
    return keyed.sorted { ($0.key, $0.id) < ($1.key, $1.id) }.map(\.place)
  }
}
