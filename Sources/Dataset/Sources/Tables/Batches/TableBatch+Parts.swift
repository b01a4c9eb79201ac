extension TableBatch {
  /// The same rows in batches of no more than so many.
  func parts(of most: Int?) -> [TableBatch] {
    guard let most, rows > most else { return [self] }
    return stride(from: 0, to: rows, by: most).map { part($0..<min($0 + most, rows)) }
  }

  private func part(_ range: Range<Int>) -> TableBatch {
    var part = self
    part.firstID += Int64(range.lowerBound)
    part.rows = range.count
    part.file = file(of: range.lowerBound)
    part.rowsBefore += range.lowerBound
    part.columns = columns.map { $0.part(range) }
    part.misfits = misfits.filter { range.contains($0.row) }.map {
      Misfit(row: $0.row - range.lowerBound, problem: $0.problem)
    }
    part.isLast = isLast && range.upperBound == rows
    part.places = places.dropping(range.lowerBound)
    return part
  }
}

extension RawColumn {
  /// The cells of some rows; what is said of all together stays as it is.
  fileprivate func part(_ range: Range<Int>) -> RawColumn {
    switch self {
    case .numbers(let cells):
      let remarks = cells.remarks.filter { range.contains($0.row) }.map {
        NumberColumn.Remark(row: $0.row - range.lowerBound, kind: $0.kind, field: $0.field)
      }
      return .numbers(
        NumberColumn(
          values: Numbers(range.map { cells.values[$0] }), remarks: remarks, facts: cells.facts))
    case .codes(let cells): return .codes(cells.part(range))
    case .texts(let cells):
      var part = TextColumn()
      for row in range { part.append(cells[row]) }
      return .texts(part)
    }
  }
}

extension CodeColumn {
  /// The cells of some rows, with the entries that these have.
  fileprivate func part(_ range: Range<Int>) -> CodeColumn {
    var places: [Int32: Int32] = [:]
    var own: [Entry] = []
    var taken: [Int32] = []
    for row in range {
      let code = codes[row]
      guard code >= 0 else {
        taken.append(code)
        continue
      }
      let place = places[code] ?? Int32(own.count)
      if place == own.count {
        places[code] = place
        var entry = entries[Int(code)]
        entry.count = 0
        entry.firstRow = row - range.lowerBound
        own.append(entry)
      }
      own[Int(place)].count += 1
      taken.append(place)
    }
    return CodeColumn(codes: taken, entries: own, facts: facts)
  }
}
