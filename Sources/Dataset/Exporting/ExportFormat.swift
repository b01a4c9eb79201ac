/// What a dataset is written as for other programs.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// A table; pictures are PNG files in it, as Hugging Face's datasets have them.
  case parquet
  /// A table.
  case csv
  /// PNG files in folders.
  case images

  package static var names: [String] { allCases.map(\.rawValue) }
}
