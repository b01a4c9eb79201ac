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
  private let known: [String: SourceFile]

  init(_ input: TableSchema.Input, _ files: NamedFiles, of schema: TableSchema, isSettled: Bool) {
    feature = input.feature
    self.files = files
    column = input.columns[0]
    name = schema.header.names[column]
    known = schema.namedFiles
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
    let finder = NamedFileReader(roots[batch.file], known: known, column: name)
    var read: [Found] = cells.entries.map { entry in
      Result { () throws(Diagnostic) -> PictureSource? in
        entry.cell == .missing ? nil : try finder.source(of: Cell.trimmed(entry.field[...]))
      }
    }.map { $0.map { (source: $0, values: ColumnValues?.none) } }
    decode(&read)
    contents = read.map { (try? $0.get())?.1 }
    for (row, code) in cells.codes.enumerated() where code >= 0 {
      switch read[Int(code)] {
      case .failure(let problem): problems.add(row, problem.message)
      case .success((nil, _)) where files.absent == .error:
        problems.add(row, "the column '\(name)' names no file")
      case .success: break
      }
    }
  }

  private typealias Found = Result<(source: PictureSource?, values: ColumnValues?), Diagnostic>

  /// Decodes what was found, in the threads of the stage.
  private func decode(_ found: inout [Found]) {
    let places = found.indices.filter { place in
      if case .success((.some, _)) = found[place] { true } else { false }
    }
    let sources = places.compactMap { (try? found[$0].get())?.source }
    let decoded = feature.audio.map { sounds(sources, as: $0) } ?? pictures(sources)
    for (place, result) in zip(places, decoded) {
      let source = (try? found[place].get())?.source
      found[place] = result.map { (source, $0) }
    }
  }

  private func sounds(
    _ sources: [PictureSource], as form: AudioForm
  ) -> [Result<ColumnValues, Diagnostic>] {
    @Sendable func decode(_ source: PictureSource) -> Result<ColumnValues, Diagnostic> {
      Result { () throws(Diagnostic) in .float32(try source.sound(as: form)) }
    }
    return DataEngine.threads == 1
      ? sources.map(decode) : sources.concurrentMap(grain: 4, decode)
  }

  private func pictures(_ sources: [PictureSource]) -> [Result<ColumnValues, Diagnostic>] {
    let picture = Picture(
      channels: feature.shape[0], height: feature.shape[1], width: feature.shape[2])
    let reader = PictureReader(
      picture, fit: files.fit, background: files.background,
      depth: feature.type == .float32 ? .bits16 : .bits8)
    let batch = reader.read(sources)
    let problems = batch.problems
    let values = batch.values
    var good = 0
    return sources.indices.map { place in
      if let problem = problems[place] { return .failure(problem) }
      defer { good += 1 }
      return .success(values.slice(good * picture.count..<(good + 1) * picture.count))
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
