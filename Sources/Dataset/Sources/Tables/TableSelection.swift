internal import Options

/// Which columns of a table are used, and for what.
package struct TableSelection: Sendable {
  /// The declared features; where there are none, every column that is left is one.
  package var features: [FeatureDeclaration]

  /// The column to predict.
  package var target: String?

  /// Nil where the target's values decide.
  package var task: Target.Task?

  /// The column whose equal values keep rows in one split.
  package var group: String?

  /// The column that names each row's split.
  package var split: String?

  /// The columns that are taken or left out; where none is named that is taken, all others are.
  var columns: [ColumnChoice] = []

  /// What columns hold, by name or pattern.
  var kinds: [String: ColumnKind] = [:]

  package init(
    features: [FeatureDeclaration] = [], target: String? = nil, task: Target.Task? = nil,
    group: String? = nil, split: String? = nil
  ) {
    self.features = features
    self.target = target
    self.task = task
    self.group = group
    self.split = split
  }
}

extension TableSelection {
  /// What a pipeline asks of a table.
  init(_ request: RowRequest) {
    let task: Target.Task? =
      switch request.task {
      case .classification?: .classification
      case .regression?: .regression
      case RowRequest.Task.none?, nil: nil
      }
    self.init(
      features: request.features,
      target: request.task == RowRequest.Task.none ? nil : request.target,
      task: task, group: request.group, split: request.split)
  }
}
