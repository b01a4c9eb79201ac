extension TextColumn {
  /// The cells in another form.
  ///
  /// - Parameter isRow: Whether a row is one of the table; the cells of others are passed over.
  func read(
    as form: ColumnRequest.Form, by reader: CellReader, where isRow: (Int) -> Bool
  ) -> RawColumn {
    switch form {
    case .numbers: .numbers(numbers(reader, isRow))
    case .codes: .codes(codes(reader, isRow))
    case .texts: .texts(self)
    }
  }

  /// Of zeros at the start so many different texts are told of.
  private static let mostZeros = 8

  private func numbers(_ reader: CellReader, _ isRow: (Int) -> Bool) -> NumberColumn {
    var facts = NumberFacts()
    var distinct: Set<Double> = []
    var zeros: Set<[UInt8]> = []
    var remarks: [NumberColumn.Remark] = []
    var values = [Double](repeating: .nan, count: count)
    for row in 0..<count where isRow(row) {
      let field = self[row]
      func remark(_ kind: NumberColumn.Remark.Kind) {
        remarks.append(NumberColumn.Remark(row: row, kind: kind, field: Array(field)))
      }
      switch reader.cell(field) {
      case .missing: facts.missing += 1
      case .text:
        facts.texts += 1
        remark(.text)
      case .number(let number):
        values[row] = number
        facts.add(number, &distinct)
        if !Float(number).isFinite {
          remark(number.isInfinite && !Cell.isDigits(field) ? .infinite : .tooLarge)
        }
        let bytes = Cell.trimmed(field)
        guard Cell.hasLeadingZero(bytes) else { continue }
        facts.leadingZeros += 1
        if zeros.count < Self.mostZeros, zeros.insert(Array(bytes)).inserted {
          remark(.leadingZero)
        }
      }
    }
    return NumberColumn(values: Numbers(values), remarks: remarks, facts: facts)
  }

  private func codes(_ reader: CellReader, _ isRow: (Int) -> Bool) -> CodeColumn {
    var facts = NumberFacts()
    var distinct: Set<Double> = []
    var entries: [CodeColumn.Entry] = []
    var places: [ArraySlice<UInt8>: Int] = [:]
    var codes = [Int32](repeating: -1, count: count)
    for row in 0..<count where isRow(row) {
      let field = self[row]
      let place = places[field] ?? entries.count
      if place == entries.count {
        places[field] = place
        entries.append(
          CodeColumn.Entry(
            field: Array(field), cell: reader.cell(field), count: 0, firstRow: row))
      }
      entries[place].count += 1
      codes[row] = Int32(place)
      switch entries[place].cell {
      case .missing: facts.missing += 1
      case .text: facts.texts += 1
      case .number(let number):
        facts.add(number, &distinct)
        if Cell.hasLeadingZero(Cell.trimmed(field)) { facts.leadingZeros += 1 }
      }
    }
    return CodeColumn(codes: codes, entries: entries, facts: facts)
  }
}
