import Testing
import YAML

@testable import Dataset

@Suite struct `Folds` {
  private func facts(_ count: Int, classes: Int = 0, group: Int = 0) -> RowFacts {
    var facts = RowFacts()
    facts.ids = SteppedList(0..<Int64(count))
    if classes > 0 { facts.labels = (0..<count).map { Int32($0 * $0 % classes) } }
    if group > 0 { facts.groups = (0..<count).map { Int32($0 / group) } }
    return facts
  }

  /// The splits of the rows for each fold.
  private func splits(
    _ facts: RowFacts, _ count: Int, validation: Double = 0, stratified: Bool = false
  ) -> [[SplitName?]] {
    (1...count).map { fold in
      Splitter(seed: 7).assign(
        facts, .folds(SplitRule.Folds(count: count, tested: fold, validation: validation)),
        stratified: stratified)
    }
  }

  @Test(arguments: [(100, 5), (178, 5), (7, 3), (10, 10)])
  func `test each row once, in parts of one size`(rows: Int, count: Int) {
    for facts in [facts(rows), facts(rows, classes: 4)] {
      for stratified in [false, !facts.labels.isEmpty] {
        let folds = splits(facts, count, stratified: stratified)
        for row in 0..<rows { #expect(folds.count { $0[row] == .test } == 1) }
        let sizes = folds.map { fold in fold.count { $0 == .test } }
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        guard stratified else { continue }
        for label in Set(facts.labels) {
          let own = folds.map { fold in
            fold.indices.count { fold[$0] == .test && facts.labels[$0] == label }
          }
          #expect((own.max() ?? 0) - (own.min() ?? 0) <= 1)
        }
      }
    }
  }

  @Test func `take the validation split from the rows that are trained on`() {
    for fold in splits(facts(200, classes: 2), 4, validation: 0.2, stratified: true) {
      #expect(fold.count { $0 == .test } == 50)
      #expect(fold.count { $0 == .validation } == 30)
      #expect(fold.count { $0 == .train } == 120)
    }
  }

  @Test(arguments: [false, true])
  func `keep groups whole`(stratified: Bool) {
    let facts = facts(300, classes: stratified ? 3 : 0, group: 7)
    let folds = splits(facts, 5, validation: 0.1, stratified: stratified)
    for fold in folds {
      for group in Set(facts.groups) {
        let members = facts.groups.indices.filter { facts.groups[$0] == group }
        #expect(Set(members.map { fold[$0] }).count == 1)
      }
      #expect((45...75).contains(fold.count { $0 == .test }))
      #expect(fold.contains(.validation))
    }
    for row in 0..<300 { #expect(folds.count { $0[row] == .test } == 1) }
  }

  @Test(arguments: 0..<3)
  func `of groups with their classes are those of scikit-learn`(index: Int) throws {
    let stored = try Reference.read("splits")
    let reference = try #require(stored["groups"]?[index])
    let classes = (reference["classes"]?.array ?? []).compactMap(\.int)
    let groups = (reference["groups"]?.array ?? []).compactMap(\.int)
    let expected = (reference["fold of group"]?.array ?? []).compactMap(\.int)
    let folds = try #require(reference["folds"]?.int)
    var counts = [[Int32: Int]](repeating: [:], count: expected.count)
    for (label, group) in zip(classes, groups) { counts[group][Int32(label), default: 0] += 1 }
    let own = StratifiedGroups(
      counts, shares: [Double](repeating: 1 / Double(folds), count: folds))
    // Which of several empty folds the first groups go to is told by rounding there.
    let names = Dictionary(zip(own.parts, expected)) { first, _ in first }
    #expect(own.parts.map { names[$0] } == expected)
    #expect(Set(names.values).count == folds)
  }

  @Test func `and fractions of groups keep the classes' shares`() {
    var facts = facts(2000, group: 10)
    facts.labels = (0..<2000).map { Int32(($0 / 10) % 5 == 0 ? 1 : 0) }
    let fractions = SplitFractions(train: 0.7, validation: 0.1, test: 0.2)
    let splits = Splitter(seed: 3).assign(facts, .fractions(fractions), stratified: true)
    for (name, rows) in [(SplitName.train, 1400), (.validation, 200), (.test, 400)] {
      let own = splits.indices.filter { splits[$0] == name }
      #expect(abs(own.count - rows) <= 20)
      #expect(abs(own.count { facts.labels[$0] == 1 } - rows / 5) <= 10)
    }
  }

  @Test func `of labels give each part its share of every label`() {
    var facts = facts(600)
    var sets = LabelSets()
    for row in 0..<600 {
      sets.append((0..<5).filter { (row * 7919 + $0 * 104_729) % ($0 + 2) == 0 }.map(Int32.init))
    }
    facts.labelSets = sets
    let fractions = SplitFractions(train: 0.6, validation: 0.2, test: 0.2)
    let splits = Splitter(seed: 3).assign(facts, .fractions(fractions), stratified: true)
    for (name, share) in [(SplitName.train, 0.6), (.validation, 0.2), (.test, 0.2)] {
      let own = splits.indices.filter { splits[$0] == name }
      #expect(abs(Double(own.count) - 600 * share) <= 3)
      for label in 0..<5 {
        let all = (0..<600).count { sets[$0].contains(Int32(label)) }
        let here = own.count { sets[$0].contains(Int32(label)) }
        #expect(abs(Double(here) - Double(all) * share) <= 3)
      }
    }
    for fold in self.splits(facts, 5, stratified: true) {
      #expect(abs(fold.count { $0 == .test } - 120) <= 3)
    }
  }

  @Test func `of values have a tenth of them from each tenth`() {
    var facts = facts(500)
    facts.values = (0..<500).map { Float(($0 * 7919) % 500) }
    for fold in splits(facts, 5, stratified: true) {
      let tested = fold.indices.filter { fold[$0] == .test }.map { facts.values[$0] }
      for tenth in 0..<10 {
        let bounds = Float(tenth * 50)..<Float(tenth * 50 + 50)
        #expect(tested.count(where: bounds.contains) == 10)
      }
    }
  }

  @Test func `do not depend on the order of rows`() {
    let facts = facts(90, classes: 3, group: 4)
    let order = Array(facts.ids.indices.reversed())
    for stratified in [false, true] {
      for (fold, other) in zip(
        splits(facts, 3, stratified: stratified),
        splits(facts.selecting(order), 3, stratified: stratified))
      where !stratified {
        // A group is known by its first row, so that only whole rows may be put in another order.
        #expect(fold.count { $0 == .test } == other.count { $0 == .test })
      }
    }
    var plain = facts
    plain.groups = []
    for (fold, other) in zip(splits(plain, 3), splits(plain.selecting(order), 3)) {
      #expect(fold == order.map { other[$0] })
    }
  }
}

@Suite struct `Rows in the order of time` {
  private func splits(
    _ times: [Double], _ rule: SplitRule, gap: Double = 0
  ) -> [SplitName?] {
    var facts = RowFacts()
    facts.ids = SteppedList(times.indices.map(Int64.init))
    facts.times = times
    return Splitter(seed: 1).assign(facts, rule, stratified: false, gap: gap)
  }

  private let fractions = SplitRule.fractions(
    SplitFractions(train: 0.6, validation: 0.2, test: 0.2))

  @Test func `are tested on where they are the latest`() {
    let splits = splits([5, 1, 4, 2, 3, 9, 8, 7, 6, 10], fractions)
    #expect(
      splits == [
        .train, .train, .train, .train, .train, .test, .validation, .validation, .train, .test,
      ])
  }

  @Test func `stay on one side where they are of one time`() {
    // The cut after six rows would part the threes, that after eight the fives.
    let times: [Double] = [1, 1, 2, 2, 3, 3, 3, 5, 5, 5]
    let splits = splits(times, fractions)
    for time in Set(times) {
      let own = times.indices.filter { times[$0] == time }.map { splits[$0] }
      #expect(Set(own).count == 1)
    }
    #expect(splits.prefix(7).allSatisfy { $0 == .train })
    #expect(splits.suffix(3).allSatisfy { $0 == .validation || $0 == .test })
    #expect(self.splits([4, 4, 4, 4], fractions) == [.train, .train, .train, .train])
  }

  @Test func `are left out where they are nearer than the gap`() {
    let splits = splits((0..<10).map(Double.init), fractions, gap: 2)
    #expect(
      splits == [
        .train, .train, .train, .train, .train, nil, .validation, nil, .test, .test,
      ])
  }

  @Test(arguments: 0..<2)
  func `fold as scikit-learn's expanding window does`(index: Int) throws {
    let stored = try Reference.read("splits")
    let reference = try #require(stored["ordered"]?[index])
    let count = try #require(reference["count"]?.int)
    let folds = try #require(reference["folds"]?.int)
    for fold in 1...folds {
      let bounds = (reference["bounds"]?[fold - 1]?.array ?? []).compactMap(\.int)
      let splits = splits(
        (0..<count).map(Double.init),
        .folds(SplitRule.Folds(count: folds, tested: fold)))
      for row in 0..<count {
        let expected: SplitName? =
          row < bounds[0] ? .train : row < bounds[2] ? .test : nil
        #expect(splits[row] == expected)
      }
    }
  }

  @Test func `of a fold are validated on before they are tested on`() {
    let splits = splits(
      (0..<40).map(Double.init), .folds(SplitRule.Folds(count: 3, tested: 2, validation: 0.25)))
    #expect(splits.prefix(15).allSatisfy { $0 == .train })
    #expect(splits[15..<20].allSatisfy { $0 == .validation })
    #expect(splits[20..<30].allSatisfy { $0 == .test })
    #expect(splits[30...].allSatisfy { $0 == nil })
  }
}
