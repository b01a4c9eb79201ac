internal import CData
internal import Diagnostics

extension DelimitedContents {
  func forEachBatch(
    _ requests: [ColumnRequest], of header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    let readers = readers(of: header)
    var id: Int64 = 0
    for index in files.indices {
      let file = files[index]
      let scanner = try TableScanner(
        TextBytes(file, encoding: format.encoding), delimiter: delimiters[index], format,
        columns: header.names.count, requests, readers, pieceBytes: pieceBytes)
      var before = 0
      while let native = try scanner.next() {
        var batch = TableBatch(
          firstID: id, rows: native.rows, file: index, rowsBefore: before, columns: [],
          places: RowPlaces(file: file, firstLine: native.firstLine, lines: native.lines))
        batch.isLast = native.isLast && index == files.count - 1 && native.failure == nil
        batch.misfits = native.misfits.map { row, fields in
          TableBatch.Misfit(
            row: row,
            problem: fields < 0
              ? "there is text after a closing quote"
              : "\(fields.counted("field")) where the header has \(header.names.count)")
        }
        for place in requests.indices { batch.columns.append(try native.column(place)) }
        if native.rows > 0 {
          guard try body(batch) else { return }
        }
        if let failure = native.failure { throw Self.problem(failure.kind, file, failure.line) }
        id += Int64(native.rows)
        before += native.rows
      }
    }
  }

  /// Why the rows of a file end.
  private static func problem(
    _ failure: AnnealDataRowFailure, _ file: SourceFile, _ line: Int
  ) -> Diagnostic {
    let place = SourceRange(file: file.name, line: line, column: 1)
    return switch failure {
    case ANNEAL_DATA_ROWS_LONG_FIELD: DelimitedReader.longField(at: place)
    case ANNEAL_DATA_ROWS_LONG_ROW: DelimitedReader.longRow(at: place)
    case ANNEAL_DATA_ROWS_MANY_FIELDS: DelimitedReader.manyFields(at: place)
    default: DelimitedReader.openQuote(at: place)
    }
  }
}
