internal import Diagnostics
internal import Network

extension TableSource {
  /// The rows of files in folders: one feature, and the classes that folders are.
  init(
    _ contents: FolderContents, of feature: FeatureDeclaration, _ request: RowRequest,
    _ warnings: [Diagnostic], _ remarks: [String]
  ) throws(Diagnostic) {
    var selection = TableSelection(
      features: [feature], target: contents.hasLabels ? FolderContents.label : nil,
      task: contents.hasLabels ? .classification : nil,
      split: contents.hasSplits ? FolderContents.split : nil)
    selection.isStratified = request.isStratified
    try self.init(contents, selection: selection)
    for warning in warnings { warn(warning) }
    for remark in remarks { self.remark(remark) }
  }
}
