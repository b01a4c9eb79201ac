internal import Diagnostics

/// Goes through the rows of a table's files, one file after the other.
struct TableRows: Sendable {
  let files: [SourceFile]
  let format: TableFormat

  /// The byte between the fields of each file.
  private let delimiters: [UInt8]

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

  /// The first row of the first file, be it one of values or not; nil where there is none.
  func firstRecord() throws(Diagnostic) -> Record? {
    guard !files.isEmpty else { return nil }
    var reader = try reader(0)
    var record = Record()
    return try reader.next(into: &record) ? record : nil
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

  /// Calls `body` with each wanted row that has all its fields, its id and the place of its file; others are
  /// bad rows. Ids count every row of every file, so that they do not depend on which are bad.
  func forEach(
    columns: Int, _ bad: inout BadRows, where isWanted: (Int64) -> Bool = { _ in true },
    _ body: (borrowing Record, Int64, Int, SourceRange, inout BadRows) throws -> Void
  ) throws {
    try forEachRow(columns: columns, where: isWanted) { record, row, problem in
      if let problem {
        try bad.add(Diagnostic(problem, at: row.range))
      } else {
        try body(record, row.id, row.file, row.range, &bad)
      }
    }
  }

  /// A row's place among all rows of all files, and in its own.
  struct Place {
    var id: Int64 = 0
    /// The place of its file in the list of files.
    var file: Int
    /// Its number in its file, from 1.
    var number = 0
    var range: SourceRange
  }

  /// Calls `body` with each wanted row, and what is wrong with one that lacks fields or cannot be told
  /// apart.
  func forEachRow(
    columns: Int, where isWanted: (Int64) -> Bool = { _ in true },
    _ body: (borrowing Record, Place, String?) throws -> Void
  ) throws {
    var id: Int64 = 0
    var record = Record()
    for index in files.indices {
      var reader = try reader(index)
      if format.hasHeader { _ = try reader.next(into: &record) }
      var number = 0
      while try reader.next(into: &record) {
        defer { id += 1 }
        number += 1
        guard isWanted(id) else { continue }
        let place = Place(id: id, file: index, number: number, range: reader.place(record.line))
        var problem = record.problem
        if problem == nil, record.count != columns {
          let fields = record.count == 1 ? "1 field" : "\(record.count) fields"
          problem = "\(fields) where the header has \(columns)"
        }
        try body(record, place, problem)
      }
    }
  }
}
