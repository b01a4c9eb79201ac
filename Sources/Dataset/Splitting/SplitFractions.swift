/// The share of the rows that each split gets.
package struct SplitFractions: Hashable, Sendable {
  package var train: Double
  package var validation: Double
  package var test: Double

  package init(train: Double, validation: Double, test: Double) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// The shares in split order.
  var ordered: [(name: SplitName, share: Double)] {
    [(.train, train), (.validation, validation), (.test, test)]
  }

  /// The splits that get rows.
  package var present: [SplitName] { ordered.filter { $0.share > 0 }.map(\.name) }

  /// How many of `count` rows each split gets: the whole part of its share, and the rows that are
  /// left to the largest remainders, the earlier split where they are equal.
  func counts(of count: Int) -> [Int] {
    let exact = ordered.map { $0.share * Double(count) }
    var counts = exact.map { Int(($0 + 1e-9).rounded(.down)) }
    let remainders = exact.indices.sorted {
      let left = exact[$0] - Double(counts[$0])
      let right = exact[$1] - Double(counts[$1])
      return abs(left - right) < 1e-9 ? $0 < $1 : left > right
    }
    for index in remainders.prefix(max(0, count - counts.reduce(0, +))) { counts[index] += 1 }
    return counts
  }
}
