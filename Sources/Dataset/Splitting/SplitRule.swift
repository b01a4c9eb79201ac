/// How rows are dealt out to splits.
package enum SplitRule: Hashable, Sendable {
  case fractions(SplitFractions)

  /// So many parts, each of which is the test split of one of as many datasets.
  case folds(Folds)

  package struct Folds: Hashable, Sendable {
    package var count: Int
    /// The one that is tested on, from 1.
    package var tested: Int
    /// The share of the other rows that settings are chosen by.
    package var validation: Double

    package init(count: Int, tested: Int, validation: Double = 0) {
      self.count = count
      self.tested = tested
      self.validation = validation
    }
  }

  /// The splits that get rows.
  package var present: [SplitName] {
    switch self {
    case .fractions(let fractions): fractions.present
    case .folds(let folds): folds.validation > 0 ? [.train, .validation, .test] : [.train, .test]
    }
  }
}
