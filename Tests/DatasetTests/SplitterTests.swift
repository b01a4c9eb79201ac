import Testing

@testable import Dataset

@Suite struct SplitterTests {
  private func facts(_ count: Int, classes: Int = 0, group: Int = 0) -> RowFacts {
    var facts = RowFacts()
    facts.ids = SteppedList(0..<Int64(count))
    if classes > 0 { facts.labels = (0..<count).map { Int32($0 % classes) } }
    if group > 0 { facts.groups = (0..<count).map { Int32($0 / group) } }
    return facts
  }

  private let fractions = SplitFractions(train: 0.7, validation: 0.1, test: 0.2)

  private func counts(_ splits: [SplitName]) -> [Int] {
    SplitName.allCases.map { name in splits.count { $0 == name } }
  }

  @Test(arguments: [
    (0, [0, 0, 0]), (1, [1, 0, 0]), (2, [2, 0, 0]), (3, [2, 0, 1]), (10, [7, 1, 2]),
    (1797, [1258, 180, 359]),
  ])
  func `splits exactly by fractions`(count: Int, expected: [Int]) {
    let splits = Splitter(seed: 7).assign(facts(count), fractions, stratified: false)
    #expect(counts(splits) == expected)
  }

  @Test func `keeps the fractions in every class`() {
    let facts = facts(300, classes: 3)
    let splits = Splitter(seed: 7).assign(facts, fractions, stratified: true)
    for label in 0..<3 {
      let members = splits.indices.filter { facts.labels[$0] == label }.map { splits[$0] }
      #expect(counts(members) == [70, 10, 20])
    }
  }

  @Test func `depends on the seed and the row's id alone`() {
    let facts = facts(200)
    let splits = Splitter(seed: 7).assign(facts, fractions, stratified: false)
    let order = Array((0..<200).reversed())
    let reversed = Splitter(seed: 7).assign(facts.selecting(order), fractions, stratified: false)
    #expect(order.map { splits[$0] } == reversed)
    #expect(Splitter(seed: 8).assign(facts, fractions, stratified: false) != splits)
  }

  @Test func `keeps groups together`() {
    let facts = facts(300, group: 5)
    let splits = Splitter(seed: 7).assign(facts, fractions, stratified: false)
    for start in stride(from: 0, to: 300, by: 5) {
      #expect(Set(splits[start..<start + 5]).count == 1)
    }
    let found = counts(splits)
    #expect(zip(found, [210, 30, 60]).allSatisfy { abs($0 - $1) <= 5 })
  }

  @Test func `samples the same rows again`() {
    let facts = facts(100)
    let sample = Splitter(seed: 1).sample(facts, share: 0.25)
    #expect(sample.count == 25)
    #expect(sample == sample.sorted())
    #expect(sample == Splitter(seed: 1).sample(facts, share: 0.25))
  }
}
