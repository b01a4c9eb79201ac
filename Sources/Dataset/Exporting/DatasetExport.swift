internal import Artifacts
package import Diagnostics

/// Writes a dataset for other programs.
///
/// Values are those of the source, a column for each of its columns: texts of categories, names of classes,
/// lists of labels, dates, texts as far as their tokens tell, nothing where a value is missing. Rows of all splits stand in one table, with the split in a column of
/// its own, or in one for each split.
package struct DatasetExport {
  private let dataset: Dataset
  private let format: ExportFormat

  /// - Parameter isPrepared: Whether values have been through the steps that the dataset defers, but for
  ///   those of training alone. By default they are as they are stored.
  package init(
    _ dataset: Dataset, as format: ExportFormat, isPrepared: Bool = false
  ) throws(Diagnostic) {
    self.dataset = dataset
    self.format = format
    rows = try ExportRows(dataset, isPrepared: isPrepared)
  }

  private let rows: ExportRows

  /// Writes the files at once or not at all.
  ///
  /// - Parameters:
  ///   - path: A file where it ends like the format, which then holds all splits; otherwise a new folder with
  ///     a file, or a folder of pictures, for each.
  ///   - isForced: Whether what is there is replaced.
  /// - Returns: How many rows were written, and what of them is not as the source had it, in words.
  package func write(
    to path: String, isForced: Bool = false
  ) throws -> (rows: Int, remarks: [String]) {
    guard try isForced || FileStatus(of: path) == nil else {
      throw Diagnostic(
        "'\(path)' is there already", remedy: "name another place, or replace it with --force")
    }
    let draft = path + ".partial"
    try Folder.remove(draft)
    let remarks: [String]
    do {
      remarks = try writeFiles(
        to: draft, isOneFile: format != .images && path.hasSuffix("." + format.rawValue))
    } catch {
      try? Folder.remove(draft)
      throw error
    }
    if isForced { try Folder.remove(path) }
    try Folder.rename(draft, to: path)
    return (dataset.splits.reduce(0) { $0 + (dataset[$1]?.rows ?? 0) }, remarks)
  }

  private func writeFiles(to draft: String, isOneFile: Bool) throws -> [String] {
    if isOneFile {
      var table = try TableExport(rows, as: format, withSplit: true)
      try table.write(dataset.splits, to: draft)
      return table.remarks
    }
    try Folder.create(draft)
    guard format != .images else {
      try PictureExport(rows).write(to: draft)
      return []
    }
    var table = try TableExport(rows, as: format, withSplit: false)
    for split in dataset.splits {
      try table.write([split], to: "\(draft)/\(split.rawValue).\(format.rawValue)")
    }
    return table.remarks
  }
}
