internal import Diagnostics

/// Tables in Parquet files.
package enum ParquetFiles: TypedFiles {
  package static let key = "parquet"
  package static let summary =
    "Parquet files, or folders of them; of their columns only those used are read."
  package static let noun = "a Parquet file"
  static let endings = [".parquet", ".pq"]

  package static func recognizes(_ start: FileStart) -> Bool {
    start.hasPrefix("PAR1") || endings.contains { start.name.hasSuffix($0) }
  }

  static func contents(
    _ files: [SourceFile], _ format: TableFormat, labels: String?, isQuick: Bool
  ) throws(Diagnostic) -> any TableContents {
    try TypedContents(files: files, as: .parquet, format: format)
  }

  static func check(_ contents: any TableContents, _ used: [Int]) throws(Diagnostic) {
    try (contents as? TypedContents)?.refuseNested(used)
  }
}
