package import Diagnostics
package import Options
package import YAML

/// Tables of text: CSV and TSV files.
package enum CSVFiles: Source {
  package static let key = "csv"
  package static let summary = "CSV or TSV files, plain or gzip; wildcards are allowed."
  package static let sharedKeys: [SharedKey] = [.target, .features]

  package static let rules: [Rule] = [.any([.given("target"), .equal("task", "none")])]

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    var problems = settings.overlaps(with: request, node)
    if request.target == nil, request.task != RowRequest.Task.none {
      problems.append(
        Diagnostic(
          "the column to predict is not named", at: node["target"]?.range ?? node.range,
          remedy: "add 'target: COLUMN', or 'task: none' where nothing is predicted"))
    }
    return problems
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    try TableSource(
      search.files(request.patterns), format: settings.format,
      selection: settings.selection(request))
  }

  /// A model whose features are made of columns finds them by their names. Files that are not written as
  /// the model's own were are read by looking.
  package static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)? {
    guard features.allSatisfy({ !$0.columns.isEmpty }) else { return nil }
    let recorded = TableFormat(provenance)
    func rows(_ format: TableFormat) throws(Diagnostic) -> TableSource {
      try TableSource(
        files, format: format, features: features, target: target,
        trainedColumns: provenance["columns"]?.int)
    }
    do {
      return try rows(recorded)
    } catch {
      for other in recorded.alternatives {
        if let source = try? rows(other) { return source }
      }
      throw error
    }
  }
}

extension TableFormat {
  /// Ways in which people write a table of the same columns otherwise.
  fileprivate var alternatives: [TableFormat] {
    guard hasHeader else { return [] }
    var byLooking = self
    byLooking.delimiter = nil
    var withoutPreamble = byLooking
    withoutPreamble.skippedLines = 0
    return [byLooking, withoutPreamble].filter { $0 != self }
  }
}
