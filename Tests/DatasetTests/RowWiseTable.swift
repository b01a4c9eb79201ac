import Diagnostics

@testable import Dataset

/// A table read row by row by the exact reader, cell by cell: what batches of columns have to agree with.
struct RowWiseTable: Equatable {
  struct Row: Equatable {
    var id: Int64
    var line: Int
    var misfit: String?
    var fields: [[UInt8]]
    var cells: [Cell]
  }

  var rows: [Row] = []
  var failure: String?
  var surveys: [Int: ColumnSurvey] = [:]

  /// Reads with `DelimitedReader` and `CellReader`.
  init(rowsOf file: SourceFile, _ delimiter: UInt8, _ format: TableFormat, _ header: TableHeader) {
    let readers = format.readers(of: header)
    do {
      var reader = try DelimitedReader(file, delimiter: delimiter, format: format)
      var record = Record()
      if format.hasHeader { _ = try reader.next(into: &record) }
      var id: Int64 = 0
      while try reader.next(into: &record) {
        let count = header.names.count
        var row = Row(id: id, line: record.line, fields: [], cells: [])
        row.misfit =
          record.problem
          ?? (record.count == count
            ? nil : "\(record.count.counted("field")) where the header has \(count)")
        for column in 0..<count {
          row.fields.append(column < record.count ? Array(record[column]) : [])
          row.cells.append(
            row.misfit == nil ? readers[column].cell(record[column]) : .missing)
        }
        rows.append(row)
        id += 1
      }
    } catch {
      failure = "\(error.location?.line ?? 0): \(error.message)"
    }
    for column in header.names.indices { surveys[column] = survey(column, file) }
  }

  /// What a column looks like, one row after the other.
  private func survey(_ column: Int, _ file: SourceFile) -> ColumnSurvey {
    var survey = ColumnSurvey()
    for row in rows where row.misfit == nil {
      let field = row.fields[column]
      var facts = NumberFacts()
      switch row.cells[column] {
      case .missing: facts.missing = 1
      case .text: facts.texts = 1
      case .number(let number):
        facts.numbers = 1
        facts.range = number...number
        facts.distinct = [number]
        facts.isIntegral = number == number.rounded()
        (facts.first, facts.last) = (number, number)
      }
      let entry = CodeColumn.Entry(field: field, cell: row.cells[column], count: 1, firstRow: 0)
      let cells = CodeColumn(codes: [0], entries: [entry], facts: facts)
      survey.add(
        .codes(cells),
        of: TableBatch(
          firstID: row.id, rows: 1, file: 0, rowsBefore: 0, columns: [],
          places: RowPlaces(file: file, firstLine: row.line)))
    }
    return survey
  }

  /// Puts the batches of a table together: every column as numbers, as codes and as texts.
  init(batchesOf contents: DelimitedContents, _ header: TableHeader) {
    let columns = Array(header.names.indices)
    let requests =
      columns.map { ColumnRequest($0, as: .numbers) }
      + columns.map { ColumnRequest($0, as: .codes) }
      + columns.map { ColumnRequest($0, as: .texts) }
    var byNumbers = TableSurvey(Array(requests[..<columns.count]))
    var byCodes = TableSurvey(Array(requests[columns.count..<2 * columns.count]))
    do {
      try contents.forEachBatch(requests, of: header) { batch in
        rows += Self.rows(batch, columns.count)
        byNumbers.add(batch)
        var coded = batch
        coded.columns = Array(batch.columns[columns.count...])
        byCodes.add(coded)
        return true
      }
    } catch let problem as Diagnostic {
      failure = "\(problem.location?.line ?? 0): \(problem.message)"
    } catch {
      failure = "\(error)"
    }
    surveys = byNumbers.columns
    if byCodes.columns != byNumbers.columns { failure = "the surveys differ" }
  }

  private static func rows(_ batch: TableBatch, _ count: Int) -> [Row] {
    let misfits = Dictionary(uniqueKeysWithValues: batch.misfits.map { ($0.row, $0.problem) })
    return (0..<batch.rows).map { row in
      var read = Row(
        id: batch.id(of: row), line: batch.place(of: row).start.line, misfit: misfits[row],
        fields: [], cells: [])
      for column in 0..<count {
        guard case .numbers(let numbers) = batch.columns[column],
          case .codes(let codes) = batch.columns[count + column],
          case .texts(let texts) = batch.columns[2 * count + column]
        else { continue }
        read.fields.append(Array(texts[row]))
        read.cells.append(cell(row, numbers, codes, texts))
      }
      return read
    }
  }

  /// A cell of which all three forms tell the same; else one that no cell is like.
  private static func cell(
    _ row: Int, _ numbers: NumberColumn, _ codes: CodeColumn, _ texts: TextColumn
  ) -> Cell {
    let isText = numbers.remarks.contains { $0.row == row && $0.kind == .text }
    let number = numbers.values[row]
    let cell: Cell = isText ? .text : number.isNaN ? .missing : .number(number)
    guard codes.codes[row] >= 0 else { return cell }
    let entry = codes.entries[Int(codes.codes[row])]
    let agrees = entry.cell == cell && entry.field == Array(texts[row])
    return agrees ? cell : .number(-12345.678)
  }
}
