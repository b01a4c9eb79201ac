package import Diagnostics

extension TableSource {
  /// The rows of CSV and TSV files; see `init(_:selection:)`.
  package init(
    _ files: [SourceFile], format: TableFormat = TableFormat(), selection: TableSelection
  ) throws(Diagnostic) {
    let contents = try DelimitedContents(files: files, format: format)
    try contents.check(contents.header())
    try self.init(contents, selection: selection)
  }

  /// New rows of CSV and TSV files; see `init(_:features:target:trained:)`.
  package init(
    _ files: [SourceFile], format: TableFormat = TableFormat(), features: [Feature],
    target: Target? = nil, trained: [String] = []
  ) throws(Diagnostic) {
    try self.init(
      DelimitedContents(files: files, format: format), features: features, target: target,
      trained: trained)
  }
}
