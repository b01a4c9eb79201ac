internal import Artifacts
package import Diagnostics
package import Options
package import YAML

/// Tables of text: CSV and TSV files.
package enum CSVFiles: Source {
  package static let key = "csv"
  package static let summary = "CSV or TSV files, plain, gzip or zstd; wildcards are allowed."
  package static let sharedKeys: [SharedKey] = [.target, .features]
  package static let noun = "a CSV file"

  package static func recognizes(_ start: FileStart) -> Bool { start.ends(".csv", ".tsv", ".tab") }

  package static let rules: [Rule] = [.any([.given("target"), .equal("task", "none")])]

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    var problems = settings.overlaps(with: request, node)
    if request.targets.isEmpty, request.task != RowRequest.Task.none {
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
  /// the model's own were are read by looking: also those that lack the header.
  package static func newRows(
    _ files: [SourceFile], for features: [Feature], target: Target, _ provenance: Value
  ) throws -> (any RowSource)? {
    guard TableSource.made(features, provenance) else { return nil }
    let files = try files.flatMap(tables)
    let recorded = TableFormat(provenance)
    let trained = trainedColumns(provenance)
    func rows(_ format: TableFormat) throws(Diagnostic) -> TableSource {
      try TableSource(files, format: format, features: features, target: target, trained: trained)
    }
    do {
      return try rows(recorded)
    } catch {
      for other in recorded.alternatives {
        if let source = try? rows(other) { return source }
      }
      if var source = try? rows(recorded.withoutHeader), try source.beginsWithValues() {
        source.warn(
          Diagnostic(
            "\(files.count == 1 ? "'\(files[0].name)' has" : "the tables have") no header",
            severity: .warning,
            remedy:
              "the columns are taken in the order of the table that the model was trained on: "
              + source.header.summary))
        return source
      }
      throw error
    }
  }

  /// The columns of the rows that the model was trained on; some records have their number alone, which
  /// tells the names where the rows had no header.
  private static func trainedColumns(_ provenance: Value) -> [String] {
    guard let columns = provenance["columns"], provenance["header"]?.bool == false,
      let count = columns.int, (1...Int(UInt16.max)).contains(count)
    else { return (provenance["columns"]?.array ?? []).compactMap(\.string) }
    return (1...count).map { "column_\($0)" }
  }

  /// A table, or those of a folder.
  private static func tables(_ file: SourceFile) throws(Diagnostic) -> [SourceFile] {
    guard let found = try file.filesBelow(where: isTable) else { return [file] }
    guard !found.isEmpty else {
      throw Diagnostic(
        "there is no CSV or TSV file below '\(file.name)'",
        remedy: "tables are found by the endings .csv, .tsv and .tab, also with .gz or .zst")
    }
    return found
  }

  /// Whether a path within a folder is that of a table.
  private static func isTable(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".csv", ".tsv", ".tab"].contains { ending in
      ["", ".gz", ".zst"].contains { name.hasSuffix(ending + $0) }
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

  /// The values alone.
  fileprivate var withoutHeader: TableFormat {
    var bare = self
    bare.hasHeader = false
    bare.delimiter = nil
    bare.skippedLines = 0
    return bare
  }
}
