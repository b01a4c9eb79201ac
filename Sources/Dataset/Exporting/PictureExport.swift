internal import Artifacts
internal import Diagnostics

/// Writes the pictures of a dataset into folders: `split/class/row.png`, or `split/row.png` where there are
/// no classes. `load: {images: FOLDER}` reads them back.
struct PictureExport {
  private let rows: ExportRows
  private let feature: Int

  init(_ rows: ExportRows) throws(Diagnostic) {
    self.rows = rows
    let pictures = rows.features.indices.filter { rows.features[$0].isPicture }
    guard let only = pictures.first else {
      throw Diagnostic(
        "the dataset holds no pictures of grey or RGB bytes",
        remedy: "write it with --to parquet or --to csv, and pictures without --prepared")
    }
    guard pictures.count == 1 else {
      let names = pictures.map { rows.features[$0].name }.joined(separator: ", ")
      throw Diagnostic(
        "the dataset holds several pictures in each row: \(names)",
        remedy: "write them with --to parquet")
    }
    feature = only
  }

  func write(to folder: String) throws {
    let classes = try classFolders()
    for split in rows.dataset.splits {
      let place = "\(folder)/\(split.rawValue)"
      for name in classes ?? [""] { try Folder.create("\(place)/\(name)") }
      try rows.forEachBlock(of: split) { _, ids, values in
        let pictures = values[rows.place(of: feature)]
        for (row, id) in ids.enumerated() {
          let name = try classes.map { try $0[code(row, values)] + "/" } ?? ""
          try PictureFile(rows.features[feature], pictures, row: row)
            .write(to: "\(place)/\(name)\(PictureFile.name(of: id))")
        }
      }
    }
  }

  private func code(_ row: Int, _ values: [ColumnValues]) throws -> Int {
    guard let place = rows.targetPlace, case .int64(let codes) = values[place] else { return 0 }
    return Int(codes[row])
  }

  /// The names of the classes as folders; nil where rows have none.
  private func classFolders() throws(Diagnostic) -> [String]? {
    guard let target = rows.target, target.task == .classification else { return nil }
    for name in target.classes
    where name.isEmpty || name.contains("/") || name.hasPrefix(".") || name.contains("\0") {
      throw Diagnostic(
        "the class '\(name)' cannot be the name of a folder", remedy: "use --to parquet")
    }
    return target.classes
  }
}
