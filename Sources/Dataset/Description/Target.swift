package import Tensor

/// What a model learns to predict.
package struct Target: Hashable, Sendable {
  package enum Task: String, Hashable, Sendable, CaseIterable {
    case classification
    case regression
    case multiLabel = "multi-label"

    /// What is learnt, as in "made for a regression".
    package var noun: String {
      switch self {
      case .classification, .regression: rawValue
      case .multiLabel: "classification with several labels"
      }
    }

    /// Whether outputs are logits, of which fewer digits will do than of values.
    package var hasLogits: Bool { self != .regression }
  }

  /// The column, several of them by name, or `label` where the folder's name is the class.
  package var name: String
  package var task: Task

  /// The text of each class or label, in code order; empty for a regression.
  package var classes: [String]

  /// The columns of several numbers or labels, in the order of the values; empty where a single column
  /// holds the target.
  package var columns: [String]

  /// What stands between the labels of one column.
  package var separator: String?

  package init(
    name: String, task: Task, classes: [String] = [], columns: [String] = [],
    separator: String? = nil
  ) {
    self.name = name
    self.task = task
    self.classes = classes
    self.columns = columns
    self.separator = separator
  }

  /// `int64` class codes, `float32` values, or `uint8` with 1 for each label that a row has.
  package var type: ElementType {
    switch task {
    case .classification: .int64
    case .regression: .float32
    case .multiLabel: .uint8
    }
  }

  /// The shape of one row's target: none for a class or a number, `[K]` for several numbers or labels.
  package var shape: [Int] {
    switch task {
    case .classification: []
    case .regression: columns.isEmpty ? [] : [columns.count]
    case .multiLabel: [classes.count]
    }
  }

  /// How many values a row's target has.
  package var width: Int { shape.first ?? 1 }

  /// The names of the values of a regression.
  package var valueNames: [String] { columns.isEmpty ? [name] : columns }

  /// What stands between labels where texts are put together.
  var textSeparator: String {
    if let separator, separator != Self.listSeparator { return separator }
    return ["|", ";", ","].first { mark in !classes.contains { $0.contains(mark) } } ?? "|"
  }

  /// What stands between the labels of a list that a table's cell holds, and before the first.
  package static let listSeparator = "\u{241f}"

  /// The name of the target that some columns are.
  package static func name(ofColumns columns: [String]) -> String {
    let shown = columns.prefix(4).joined(separator: ", ")
    return columns.count > 4 ? "\(shown), … (\(columns.count))" : shown
  }
}
