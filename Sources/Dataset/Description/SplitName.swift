/// The part of a dataset that a row belongs to.
package enum SplitName: String, Hashable, Sendable, CaseIterable, Comparable {
  /// What models and statistics are fitted on.
  case train
  /// What settings are chosen by.
  case validation
  /// What is measured at the end.
  case test

  package static func < (left: SplitName, right: SplitName) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .train: 0
    case .validation: 1
    case .test: 2
    }
  }
}
