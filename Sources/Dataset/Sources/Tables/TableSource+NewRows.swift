internal import Diagnostics
internal import Network
internal import YAML

extension TableSource {
  package var newNames: [String] {
    contents.isOfFiles ? ["file"] : contents.files.count > 1 ? ["file", "row"] : ["row"]
  }

  package func readNew(_ body: (NewRowBlock) throws -> Void) throws {
    guard let schema else { return }
    var encoding = TableEncoding(schema, isSettled: true)
    var truth = truth.map { TableEncoding($0, isSettled: true) }
    let texts = broughtAlong.map { ColumnRequest($0, as: .texts) }
    let features = texts.count..<texts.count + encoding.requests.count
    let requests = texts + encoding.requests + (truth?.requests ?? [])
    try contents.forEachBatch(requests, of: header) { batch in
      for batch in batch.parts(of: encoding.rowsAtOnce) {
        var rows = newRows(batch, texts.count)
        let own = batch.with(features)
        var found = RowProblems(batch.misfits)
        findInfinities(own, encoding.requests, &found)
        encoding.inspect(own, &found)
        for (row, problem) in found.sorted { rows[row].problem = rows[row].problem(problem) }
        for (row, remarks) in encoding.remarks(own) where found[row] == nil {
          rows[row].remarks += remarks
        }
        let choice = RowChoice(of: batch, without: found)
        let block = try encoding.encode(own, choice)
        try addTruth(&rows, &truth, batch.with(features.upperBound..<requests.count), found)
        try body(NewRowBlock(rows: rows, block: block))
      }
      return true
    }
  }

  /// Whether the first row can be one of values: it has a number, or nothing, wherever one belongs.
  func beginsWithValues() throws -> Bool {
    let numeric = (schema?.inputs ?? []).filter { !$0.feature.isOfTexts }
      .flatMap(\.columns)
    guard !numeric.isEmpty else { return false }
    let readers = contents.readers(of: header)
    var isRow = false
    try contents.forEachBatch(numeric.map { ColumnRequest($0, as: .texts) }, of: header) { batch in
      isRow =
        batch.misfits.first?.row != 0
        && zip(numeric, batch.columns).allSatisfy { column, cells in
          guard case .texts(let texts) = cells else { return false }
          return readers[column].cell(texts[0]) != .text
        }
      return false
    }
    return isRow
  }

  private func newRows(_ batch: TableBatch, _ columns: Int) -> [NewRow] {
    var rows = (0..<batch.rows).map { row in
      if batch.hasFileForEachRow {
        let file = fileName(batch.file(of: row))
        return NewRow(name: ["file": .string(file)], label: file)
      }
      let number = batch.rowsBefore + row + 1
      var name: Value = ["row": .int(number)]
      if contents.files.count > 1 { name["file"] = .string(fileName(batch.file)) }
      return NewRow(name: name, label: "row \(number)", place: batch.place(of: row))
    }
    for case .texts(let cells) in batch.columns[..<columns] {
      for row in rows.indices { rows[row].cells.append(cells.text(row) ?? "") }
    }
    return rows
  }

  /// Numbers that no model can compute with.
  private func findInfinities(
    _ batch: TableBatch, _ requests: [ColumnRequest], _ problems: inout RowProblems
  ) {
    let coded = Set(
      (schema?.inputs ?? []).filter(\.feature.isOfTexts).flatMap(\.columns))
    for (request, column) in zip(requests, batch.columns) where !coded.contains(request.column) {
      let name = header.names[request.column]
      func problem(_ field: [UInt8]) -> String {
        let text = String(validating: field, as: UTF8.self) ?? ""
        return "'\(text)' in the column '\(name)' is not a finite number"
      }
      switch column {
      case .numbers(let cells):
        for remark in cells.remarks where cells.values[remark.row].isInfinite {
          problems.add(remark.row, problem(remark.field))
        }
      case .codes(let cells):
        problems.add(cells, where: { $0.cell.isInfinite }) { problem($0.field) }
      case .texts: break
      }
    }
  }

  /// Notes what is right, as far as the rows tell.
  private func addTruth(
    _ rows: inout [NewRow], _ truth: inout TableEncoding?, _ batch: TableBatch,
    _ found: RowProblems
  ) throws {
    guard truth != nil else { return }
    var doubts = found
    truth?.inspect(batch, &doubts)
    for (row, doubt) in doubts.sorted where found[row] == nil { rows[row].doubt = doubt }
    let choice = RowChoice(of: batch, without: doubts)
    let values: [Float]
    switch try truth?.encode(batch, choice).target {
    case .int64(let codes): values = codes.map { Float($0) }
    case .float32(let numbers): values = numbers
    case .uint8(let indicators): values = indicators.map { Float($0) }
    default: return
    }
    let width = values.count / max(1, choice.count)
    var index = 0
    choice.forEach { row in
      rows[row].truths = Array(values[index..<index + width])
      index += width
    }
  }
}

extension TableBatch {
  /// The same rows with some of their columns.
  fileprivate func with(_ columns: Range<Int>) -> TableBatch {
    var batch = self
    batch.columns = Array(self.columns[columns])
    return batch
  }
}

extension Cell {
  fileprivate var isInfinite: Bool {
    guard case .number(let number) = self else { return false }
    return number.isInfinite
  }
}
