internal import YAML

extension DatasetDescription {
  /// What a row is called in messages: its place among the rows of its source, and the file where
  /// that is the only one.
  ///
  /// - Parameter row: The row's id, as blocks and batches hold it; negative for rows without a target that came
  ///   from elsewhere.
  package func name(of row: Int64) -> String {
    if row < 0 { return "row \(RowCopy(id: -1 - row).row + 1) of the unlabelled rows" }
    let files = provenance["files"]?.array?.compactMap(\.string) ?? []
    let source =
      files.count == 1 ? " of \(files[0])" : files.isEmpty ? "" : " of all files together"
    let copy = RowCopy(id: row)
    let place = "row \(copy.row + 1)\(source)"
    return copy.copy > 0 ? "copy \(copy.copy) of \(place)" : place
  }
}
