internal import Diagnostics
internal import Network

extension TableSource {
  /// The rows of files in folders: one feature, and the classes that folders are.
  init(
    _ contents: FolderContents, of feature: FeatureDeclaration, _ warnings: [Diagnostic],
    _ remarks: [String]
  ) throws(Diagnostic) {
    try self.init(
      contents,
      selection: TableSelection(
        features: [feature], target: contents.hasLabels ? FolderContents.label : nil,
        task: contents.hasLabels ? .classification : nil,
        split: contents.hasSplits ? FolderContents.split : nil))
    for warning in warnings { warn(warning) }
    for remark in remarks { self.remark(remark) }
  }
}
