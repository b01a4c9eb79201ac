import Options

/// The part of a dataset that a row belongs to.
package enum SplitName: String, Hashable, NamedOption, Comparable {
  /// What models and statistics are fitted on.
  case train
  /// What settings are chosen by.
  case validation
  /// What is measured at the end.
  case test

  package var summary: String {
    switch self {
    case .train: "The rows that models are fitted on."
    case .validation: "The rows that settings are chosen by."
    case .test: "The rows that are measured at the end."
    }
  }

  /// The split that people mean by a name such as `val` or `testing`, in any case.
  package init?(byCustom name: String) {
    guard let split = SplitFolders.split(named: name) else { return nil }
    self = split
  }

  package static func < (left: SplitName, right: SplitName) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .train: 0
    case .validation: 1
    case .test: 2
    }
  }
}
