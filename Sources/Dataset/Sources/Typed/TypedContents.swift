internal import Diagnostics
internal import YAML

/// The rows of Parquet and Arrow files, one file after the other.
struct TypedContents: TableContents {
  let files: [SourceFile]
  let format: TableFormat
  private let tables: [TypedTable]

  /// - Parameter format: What stands for missing values, beside null and NaN.
  init(
    files: [SourceFile], as kind: TypedTable.Format, format: TableFormat
  ) throws(Diagnostic) {
    self.files = files
    self.format = format
    var tables: [TypedTable] = []
    for file in files { tables.append(try TypedTable(file, kind)) }
    self.tables = tables
  }

  /// The columns, which all files have to share.
  func header() throws(Diagnostic) -> TableHeader {
    guard let first = tables.first, let file = files.first else {
      throw Diagnostic("there is no file to read")
    }
    for (table, other) in zip(tables, files).dropFirst() where table.columns != first.columns {
      throw difference(table, other, first, file)
    }
    return try TableHeader(
      columns: first.columns.map(\.name), at: RowPlaces(file: file, firstRow: 1).range(of: 0))
  }

  private func difference(
    _ table: TypedTable, _ file: SourceFile, _ first: TypedTable, _ model: SourceFile
  ) -> Diagnostic {
    let names = Set(first.columns.map(\.name))
    let own = Set(table.columns.map(\.name))
    var notes: [Note] = []
    for (column, other) in zip(table.columns, first.columns)
    where column.name == other.name && column.type != other.type && notes.count < 4 {
      notes.append(Note("'\(column.name)' is \(column.type) where the other has \(other.type)"))
    }
    if let lacking = names.subtracting(own).min() { notes.append(Note("it lacks '\(lacking)'")) }
    if let extra = own.subtracting(names).min() { notes.append(Note("only it has '\(extra)'")) }
    return Diagnostic(
      "'\(file.name)' does not have the columns of '\(model.name)'", notes: notes
    ).adding(remedy: "files that are read together have the same columns in the same order")
  }

  func kind(of column: Int) -> ColumnKind? {
    guard let column = tables.first?.columns[column] else { return nil }
    return switch column.kind {
    case .number: .number
    case .bool: .category
    case .date: .date
    case .text, .bytes, .nested, .labels: nil
    }
  }

  func holdsTexts(_ column: Int) -> Bool { tables.first?.columns[column].kind == .text }
  func holdsLabels(_ column: Int) -> Bool { tables.first?.columns[column].kind == .labels }

  func holdsFiles(_ column: Int) -> Bool { tables.first?.columns[column].kind == .bytes }
  func isRead(_ column: Int) -> Bool {
    ![.nested, .bytes].contains(tables.first?.columns[column].kind)
  }

  func readers(of header: TableHeader) -> [CellReader] { format.readers(of: header) }

  var value: Value { format.value }

  /// Refuses columns that are used and hold more than a value in each row.
  func refuseNested(_ used: [Int]) throws(Diagnostic) {
    guard let columns = tables.first?.columns, let file = files.first else { return }
    for index in used.sorted() where [.nested, .labels].contains(columns[index].kind) {
      let name = columns[index].name
      throw Diagnostic(
        "the column '\(name)' of '\(file.name)' holds \(columns[index].type), which is "
          + (columns[index].kind == .labels ? "read as a target only" : "not read"),
        remedy: "leave it out with `columns: '!\(name)'`, or declare the features without it")
    }
  }

  func forEachBatch(
    _ requests: [ColumnRequest], of header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    try forEachBatch(
      of: tables, requests, readers(of: header),
      places: { file, _, before in RowPlaces(file: file, firstRow: before + 1) },
      problem: { _ in "the row is none of the table" }, body)
  }
}
