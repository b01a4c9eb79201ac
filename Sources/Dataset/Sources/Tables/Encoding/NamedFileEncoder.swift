internal import Artifacts
internal import Diagnostics
internal import Network
internal import Tensor

/// Encodes the images or sounds whose files a column names.
///
/// A cell may hold a whole file itself, as the columns of bytes in Parquet files do.
struct NamedFileEncoder: FeatureEncoder {
  let feature: Feature
  private let files: NamedFiles
  private let column: Int
  private let name: String

  /// For each file of the table the folders that paths may start at.
  private let roots: [[FileRoot]]

  /// Of each different cell of the batch last inspected; nil where it names no file.
  private var contents: [ColumnValues?] = []

  init(_ input: TableSchema.Input, _ files: NamedFiles, of schema: TableSchema, isSettled: Bool) {
    feature = input.feature
    self.files = files
    column = input.columns[0]
    name = schema.header.names[column]
    roots = schema.files.map { table in
      if let root = input.root { return [FileRoot(root)] }
      let own = SourceFile(path: table.path.folderPath, name: table.name.folderPath)
      guard isSettled, !files.root.isEmpty else { return [FileRoot(own)] }
      let root = SourceFile(
        path: files.root.path(in: own.path), name: files.root.path(in: own.name))
      return [FileRoot(root), FileRoot(own)]
    }
  }

  var requests: [ColumnRequest] { [ColumnRequest(column, as: .codes)] }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    guard case .codes(let cells)? = columns.first else { return }
    let reader = NamedFileReader(feature, files, roots[batch.file], column: name)
    let read = cells.entries.concurrentMap(grain: 1) { entry in
      Result { () throws(Diagnostic) -> ColumnValues? in
        entry.cell == .missing ? nil : try reader.values(of: Cell.trimmed(entry.field[...]))
      }
    }
    contents = read.map { (try? $0.get()) ?? nil }
    for (row, code) in cells.codes.enumerated() where code >= 0 {
      switch read[Int(code)] {
      case .failure(let problem): problems.add(row, problem.message)
      case .success(nil) where files.absent == .error:
        problems.add(row, "the column '\(name)' names no file")
      case .success: break
      }
    }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues {
    guard case .codes(let cells)? = columns.first, var values = ColumnValues(empty: feature.type)
    else { return .uint8([]) }
    let blank = blank
    for code in rows.picked(cells.codes) {
      values.append((code < 0 ? nil : contents[Int(code)]) ?? blank)
    }
    contents = []
    return values
  }

  /// A black picture or silence.
  private var blank: ColumnValues {
    if let audio = feature.audio { return .float32(audio.silence) }
    return feature.type == .uint8
      ? .uint8([UInt8](repeating: 0, count: feature.width))
      : .float32([Float](repeating: 0, count: feature.width))
  }
}
