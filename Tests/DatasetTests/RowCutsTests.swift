import Tensor
import Testing

@testable import Dataset

/// Splits are those that follow from putting all rows in the order of their keys and counting them off.
@Suite struct `Rows cut without lists of them` {
  private let seed: UInt64 = 11

  /// The places of each stratum in the order of keys that are drawn and sorted one by one.
  private func ordered(_ facts: RowFacts, _ purpose: String, _ places: [Int], _ strata: [Int32])
    -> [[Int]]
  {
    let stream = RandomStream(seed: seed, path: [.word(purpose)])
    var members = [[(key: UInt64, id: Int64, place: Int)]](
      repeating: [], count: Int(strata.max() ?? 0) + 1)
    for place in places {
      var child = stream.child(.number(UInt64(bitPattern: facts.ids[place])))
      let stratum = strata.isEmpty ? 0 : Int(strata[place])
      members[stratum].append((child.next(), facts.ids[place], place))
    }
    return members.map { $0.sorted { ($0.key, $0.id) < ($1.key, $1.id) }.map(\.place) }
  }

  private func parts(
    _ facts: RowFacts, _ purpose: String, _ places: [Int], _ strata: [Int32], _ shares: [Double]
  ) -> [Int: UInt8] {
    var parts: [Int: UInt8] = [:]
    for members in ordered(facts, purpose, places, strata) {
      var rest = members[...]
      for (part, count) in Shares.counts(of: members.count, shares).enumerated() {
        for place in rest.prefix(count) { parts[place] = UInt8(part) }
        rest = rest.dropFirst(count)
      }
    }
    return parts
  }

  private func reference(
    _ facts: RowFacts, _ rule: SplitRule, strata: [Int32]
  ) -> [SplitName?] {
    let all = Array(0..<facts.count)
    switch rule {
    case .fractions(let fractions):
      let shares = fractions.ordered
      let parts = parts(facts, "split", all, strata, shares.map(\.share))
      return all.map { row in parts[row].map { shares[Int($0)].name } }
    case .folds(let folds):
      var splits = [SplitName?](repeating: .train, count: facts.count)
      for (turn, place) in ordered(facts, "fold", all, strata).joined().enumerated()
      where turn % folds.count + 1 == folds.tested {
        splits[place] = .test
      }
      guard folds.validation > 0 else { return splits }
      let rest = all.filter { splits[$0] == .train }
      let parts = parts(
        facts, "validation", rest, strata, [1 - folds.validation, folds.validation])
      for (place, part) in parts where part == 1 { splits[place] = .validation }
      return splits
    }
  }

  /// Rows of classes of very different sizes, some of which have none, with ids that have gaps.
  private func facts(_ count: Int, classes: Int) -> RowFacts {
    var facts = RowFacts()
    facts.ids = SteppedList((0..<count).map { Int64($0 + $0 / 10 * 3) })
    var numbers = RandomStream(seed: 5, path: [.word("classes")])
    if classes > 0 {
      facts.labels = (0..<count).map { _ in
        let chance = Double(numbers.next() >> 11) * 0x1p-53
        return Int32(chance * chance * chance * Double(classes)) * 2
      }
    }
    return facts
  }

  private static let rules: [SplitRule] = [
    .fractions(SplitFractions(train: 0.7, validation: 0.1, test: 0.2)),
    .fractions(SplitFractions(train: 0.5, validation: 0, test: 0.5)),
    .fractions(SplitFractions(train: 0.98, validation: 0.01, test: 0.01)),
    .fractions(SplitFractions(train: 0.0001, validation: 0.9998, test: 0.0001)),
    .folds(SplitRule.Folds(count: 5, tested: 1)),
    .folds(SplitRule.Folds(count: 3, tested: 3, validation: 0.2)),
  ]

  @Test(arguments: [0, 1, 2, 3, 10, 99, 1000, 30_000], [0, 1, 2, 50, 3000])
  func `are split as all in order are`(rows: Int, classes: Int) {
    let facts = facts(rows, classes: classes)
    for rule in Self.rules {
      let isStratified = classes > 0
      let own = Splitter(seed: seed).assign(facts, rule, stratified: isStratified)
      #expect(own == reference(facts, rule, strata: facts.labels))
    }
  }

  @Test func `are split as all in order are where they are many`() {
    let facts = facts(300_000, classes: 4)
    for rule in Self.rules.prefix(1) + Self.rules.suffix(1) {
      for isStratified in [false, true] {
        let own = Splitter(seed: seed).assign(facts, rule, stratified: isStratified)
        #expect(own == reference(facts, rule, strata: isStratified ? facts.labels : []))
      }
    }
  }

  @Test(arguments: [40, 5000])
  func `are split as all in order are by values of which many are equal`(rows: Int) {
    var facts = facts(rows, classes: 0)
    facts.values = (0..<rows).map { Float($0 * 7919 % 37 / 3) }
    for rule in Self.rules {
      let own = Splitter(seed: seed).assign(facts, rule, stratified: true)
      #expect(own == reference(facts, rule, strata: ValueBins(facts.values).codes))
    }
  }

  @Test func `are sampled as the first in order`() {
    let facts = facts(5000, classes: 0)
    for share in [0.0001, 0.25, 0.9999, 1] {
      let order = ordered(facts, "sample", Array(0..<5000), [])[0]
      let count = Int((share * 5000).rounded())
      #expect(Splitter(seed: seed).sample(facts, share: share) == order.prefix(count).sorted())
    }
  }

  @Test(arguments: [1, 100, 1 << 20])
  func `take turns however many are sorted at once`(atOnce: Int) {
    let facts = facts(4000, classes: 3)
    let shuffle = RowShuffle(seed: seed, purpose: "fold", ids: facts.ids)
    var sizes = [Int](repeating: 0, count: 5)
    for label in facts.labels { sizes[Int(label)] += 1 }
    let marks = shuffle.turns(
      of: 0..<4000, counts: sizes, turn: 2, every: 7, atOnce: atOnce
    ) { Int(facts.labels[$0]) }
    var expected = [UInt8](repeating: 0, count: 4000)
    let order = ordered(facts, "fold", Array(0..<4000), facts.labels).joined()
    for (turn, place) in order.enumerated() where turn % 7 == 2 { expected[place] = 1 }
    #expect(marks == expected)
  }
}
