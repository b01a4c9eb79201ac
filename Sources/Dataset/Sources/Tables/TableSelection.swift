package import Options

/// Which columns of a table are used, and for what.
package struct TableSelection: Sendable {
  /// The declared features; where there are none, every column that is left is one.
  package var features: [FeatureDeclaration]

  /// The columns to predict.
  package var targets: [Pattern]

  /// Nil where the target's values decide.
  package var task: Target.Task?

  /// The column whose equal values keep rows in one split.
  package var group: String?

  /// The column that names each row's split.
  package var split: String?

  /// What stands between the labels of one column; nil where that is to be found.
  package var separator: String?

  /// The column by which rows are put in order.
  package var time: String?

  /// The column that says how much each row counts.
  package var weight: String?

  /// Whether rows are dealt out by their values, where these are no classes.
  package var isStratified = false

  /// The columns that are taken or left out; where none is named that is taken, all others are.
  var columns: [ColumnChoice] = []

  /// What columns hold, by name or pattern.
  var kinds: [String: ColumnKind] = [:]

  package init(
    features: [FeatureDeclaration] = [], target: String? = nil, task: Target.Task? = nil,
    group: String? = nil, split: String? = nil
  ) {
    self.features = features
    targets = target.flatMap { Pattern($0) }.map { [$0] } ?? []
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
      case .multiLabel?: .multiLabel
      case RowRequest.Task.none?, nil: nil
      }
    self.init(
      features: request.features, task: task, group: request.group, split: request.split)
    targets = request.task == RowRequest.Task.none ? [] : request.targets
    separator = request.separator
    time = request.time
    weight = request.weight
    isStratified = request.isStratified
  }
}
