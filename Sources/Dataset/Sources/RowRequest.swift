package import Options

/// What a pipeline asks of a source, beside the source's own settings.
package struct RowRequest: Sendable {
  /// What a model of the rows is to learn.
  package enum Task: String, NamedOption {
    case classification
    case regression
    case multiLabel
    case none

    package var summary: String {
      switch self {
      case .classification: "The target is one of several classes."
      case .regression: "The target is a number, or several of them."
      case .multiLabel: "The target is any number of labels for each row."
      case .none: "There is no target."
      }
    }
  }

  /// The files.
  package var patterns: [PathPattern] = []

  /// The declared features; where there are none, the source knows its own.
  package var features: [FeatureDeclaration] = []

  /// The columns to predict.
  package var targets: [Pattern] = []

  /// What stands between the labels of one column.
  package var separator: String?

  /// The column that says how much each row counts in training.
  package var weight: String?

  /// Nil where the target's values decide.
  package var task: Task?

  /// The column whose equal values keep rows in one split.
  package var group: String?

  /// The column by which rows are put in order.
  package var time: String?

  /// Whether rows are dealt out alike by what is to be predicted.
  package var isStratified = false

  /// The column that names each row's split.
  package var split: String?

  /// Whether the pipeline says how rows are dealt out to splits by chance.
  package var isDealtOut = false

  package init() {}
}
