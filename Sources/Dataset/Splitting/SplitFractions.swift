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

  /// How many of `count` rows each split gets.
  func counts(of count: Int) -> [Int] { Shares.counts(of: count, ordered.map(\.share)) }
}
