package import Tensor

/// What a model learns to predict.
package struct Target: Hashable, Sendable {
  package enum Task: String, Hashable, Sendable, CaseIterable {
    case classification
    case regression
  }

  /// The column, or `label` where the folder's name is the class.
  package var name: String
  package var task: Task

  /// The text of each class, in code order; empty for a regression.
  package var classes: [String]

  package init(name: String, task: Task, classes: [String] = []) {
    self.name = name
    self.task = task
    self.classes = classes
  }

  /// `int64` class codes, or `float32` values.
  package var type: ElementType { task == .classification ? .int64 : .float32 }
}
