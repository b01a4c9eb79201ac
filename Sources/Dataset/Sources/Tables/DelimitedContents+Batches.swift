internal import Diagnostics

extension DelimitedContents {
  /// A batch has so many rows; the first one of all fewer, to guess from.
  private static let batchRows = 4096
  private static let firstRows = 1024

  func forEachBatch(
    _ requests: [ColumnRequest], of header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    let readers = readers(of: header)
    let columns = Array(Set(requests.map(\.column))).sorted()
    var id: Int64 = 0
    for index in files.indices {
      var reader = try reader(index)
      var record = Record()
      if format.hasHeader { _ = try reader.next(into: &record) }
      var before = 0
      var isOpen = true
      while isOpen {
        var texts: [Int: TextColumn] = [:]
        for column in columns { texts[column] = TextColumn() }
        var misfits: [TableBatch.Misfit] = []
        var lines: [Int32] = []
        var firstLine = 1
        var rows = 0
        let most = id == 0 ? Self.firstRows : Self.batchRows
        while rows < most {
          guard try reader.next(into: &record) else {
            isOpen = false
            break
          }
          if rows == 0 { firstLine = record.line }
          lines.append(Int32(record.line - firstLine))
          if let problem = record.problem {
            misfits.append(TableBatch.Misfit(row: rows, problem: problem))
          } else if record.count != header.names.count {
            let fields = record.count.counted("field")
            misfits.append(
              TableBatch.Misfit(
                row: rows, problem: "\(fields) where the header has \(header.names.count)"))
          }
          for column in columns {
            texts[column]?.append(column < record.count ? record[column] : [])
          }
          rows += 1
        }
        guard rows > 0 else { continue }
        let bad = Set(misfits.map(\.row))
        var batch = TableBatch(
          firstID: id, rows: rows, file: index, rowsBefore: before, columns: [],
          misfits: misfits,
          places: RowPlaces(file: files[index], firstLine: firstLine, lines: lines))
        batch.isLast = !isOpen && index == files.count - 1
        for request in requests {
          guard let column = texts[request.column] else { continue }
          batch.columns.append(
            column.read(as: request.form, by: readers[request.column]) { !bad.contains($0) })
        }
        guard try body(batch) else { return }
        id += Int64(rows)
        before += rows
      }
    }
  }
}
