internal import Artifacts
internal import Diagnostics
internal import YAML

/// The rows of CSV and TSV files, one file after the other.
struct DelimitedContents: TableContents {
  let files: [SourceFile]
  let format: TableFormat

  /// How many bytes of a file are one thread's work; nil for what is usual.
  var pieceBytes: Int?

  /// The byte between the fields of each file.
  let delimiters: [UInt8]

  var encodingRemedy: String { TextEncoding.remedy }

  init(files: [SourceFile], format: TableFormat) throws(Diagnostic) {
    self.files = files
    self.format = format
    var delimiters: [UInt8] = []
    for file in files { delimiters.append(try DelimiterSearch(format: format).delimiter(of: file)) }
    self.delimiters = delimiters
  }

  /// Reads the names of the columns, which all files have to share.
  func header() throws(Diagnostic) -> TableHeader {
    var first: TableHeader?
    for index in files.indices {
      let file = files[index]
      var reader = try reader(index)
      var record = Record()
      guard try reader.next(into: &record) else {
        throw emptiness(of: file, at: reader.place(1))
      }
      let place = reader.place(record.line)
      let header =
        format.hasHeader
        ? try TableHeader(record, at: place) : try TableHeader(columns: record.count, at: place)
      if let first, first.names != header.names { throw difference(index, header, first) }
      if format.hasHeader { try checkLengths(&reader, header) }
      first = first ?? header
    }
    guard let first else { throw Diagnostic("there is no file to read") }
    return first
  }

  /// That a file has no row at all.
  private func emptiness(of file: SourceFile, at place: SourceRange) -> Diagnostic {
    guard format.skippedLines > 0 || format.comment != nil else {
      return Diagnostic("\(file.name) is empty", at: place)
    }
    return Diagnostic(
      "\(file.name) has no line but those that are passed over", at: place,
      remedy: "look at 'skip-rows' and 'comment'")
  }

  /// Refuses a table whose first rows all have as many fields as one another, and not as the header.
  private func checkLengths(
    _ reader: inout DelimitedReader, _ header: TableHeader
  ) throws(Diagnostic) {
    var record = Record()
    var lengths = RowLengths(header: header.names.count)
    while lengths.isOpen, let isRow = try? reader.next(into: &record), isRow {
      lengths.add(record)
    }
    if let problem = lengths.problem(in: reader.file) { throw problem }
  }

  /// What to write so that a column of this name is found in the first file.
  func remedies(toFind name: String) -> [Note] {
    guard let file = files.first, let delimiter = delimiters.first else { return [] }
    return HeaderSearch(format: format, delimiter: delimiter).remedies(toFind: name, in: file)
  }

  var hasNames: Bool { format.hasHeader }

  var value: Value { format.value }

  func readers(of header: TableHeader) -> [CellReader] { format.readers(of: header) }

  /// Lines from everywhere; the first ones of what is compressed or in another encoding.
  func sample(bytes: Int) throws(Diagnostic) -> TableSample? {
    if let rows = try SpreadRows(self, most: bytes) {
      return TableSample(contents: rows, share: rows.share)
    }
    var total = 0
    for file in files { total += try FileStatus(of: file.path, following: true)?.size ?? 0 }
    return total > bytes ? firstRows : nil
  }

  /// Holds the settings that name columns against them.
  func check(_ header: TableHeader) throws(Diagnostic) {
    for column in format.missingByColumn.keys.sorted() {
      _ = try header.indices(ofText: column, for: "missing")
    }
  }

  private func reader(_ index: Int) throws(Diagnostic) -> DelimitedReader {
    try DelimitedReader(files[index], delimiter: delimiters[index], format: format)
  }

  /// Says which columns one file has and the other lacks.
  private func difference(
    _ index: Int, _ header: TableHeader, _ first: TableHeader
  ) -> Diagnostic {
    let lacking = first.names.filter { !header.names.contains($0) }
    let extra = header.names.filter { !first.names.contains($0) }
    func listed(_ names: [String]) -> String {
      names.prefix(4).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 4 ? ", …" : "")
    }
    var problem = header.problem(
      "\(files[index].name) does not have the columns of \(files[0].name)",
      remedy: "files that are read together have the same columns in the same order")
    if !lacking.isEmpty { problem.notes.append(Note("it lacks \(listed(lacking))")) }
    if !extra.isEmpty { problem.notes.append(Note("only it has \(listed(extra))")) }
    return problem
  }
}
