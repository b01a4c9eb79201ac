internal import Diagnostics

/// Collects what splitting has to know of the rows of a table.
struct TableFacts {
  private(set) var rows = RowFacts()
  private let groupColumn: Int?
  private let splitColumn: Int?
  private let timeColumn: Int?
  private let header: TableHeader
  private var groups = TextIndex()
  private var isFull = false

  /// The columns that are read.
  let requests: [ColumnRequest]

  init(_ schema: TableSchema) {
    header = schema.header
    groupColumn = schema.groupColumn
    splitColumn = schema.splitColumn
    timeColumn = schema.timeColumn
    let codes = [groupColumn, splitColumn].compactMap { $0 }.map { ColumnRequest($0, as: .codes) }
    let time = timeColumn.map {
      ColumnRequest($0, as: schema.hasNumericTimes ? .numbers : .codes)
    }
    requests = codes + [time].compactMap { $0 }
  }

  /// Finds rows without a group or a split.
  func inspect(_ columns: [RawColumn], _ problems: inout RowProblems) {
    if let groupColumn, let cells = group(columns) {
      let name = header.names[groupColumn]
      problems.add(cells, where: { $0.text?.isEmpty ?? true }) { entry in
        entry.text == nil ? entry.field.notText(in: name) : "the group '\(name)' is missing"
      }
    }
    if let splitColumn, let cells = split(columns) {
      let names = SplitName.allCases.map(\.rawValue).joined(separator: ", ")
      problems.add(cells, where: { Self.split($0) == nil }) { entry in
        "\(entry.field.quoted(in: header.names[splitColumn])) is not one of \(names)"
      }
    }
    inspectTimes(columns, &problems)
  }

  /// Finds rows whose time is not known.
  private func inspectTimes(_ columns: [RawColumn], _ problems: inout RowProblems) {
    guard let timeColumn, let column = columns.last else { return }
    let name = header.names[timeColumn]
    switch column {
    case .numbers(let cells):
      for remark in cells.remarks where remark.kind == .text || remark.kind == .infinite {
        problems.add(remark.row, "\(remark.field.quoted(in: name)) is not a finite number")
      }
      for row in 0..<cells.values.count where cells.values[row].isNaN {
        problems.add(row, "the time '\(name)' is missing")
      }
    case .codes(let cells):
      problems.add(cells, where: { Self.days($0) == nil }) { entry in
        entry.cell == .missing
          ? "the time '\(name)' is missing"
          : "\(entry.field.quoted(in: name)) is not a date such as 2012-01-31"
      }
    case .texts: break
    }
  }

  /// Days since the start of 2000 in UTC.
  private static func days(_ entry: CodeColumn.Entry) -> Double? {
    guard entry.cell != .missing, let date = CalendarDate(Cell.trimmed(entry.field[...])) else {
      return nil
    }
    return Double(date.dayNumber) + (date.seconds - date.offset) / 86400
  }

  private mutating func addTimes(_ columns: [RawColumn], _ choice: RowChoice) {
    guard timeColumn != nil, let column = columns.last else { return }
    switch column {
    case .numbers(let cells): choice.forEach { rows.times.append(cells.values[$0]) }
    case .codes(let cells):
      let days = cells.entries.map(Self.days)
      for code in choice.picked(cells.codes) { rows.times.append(days[Int(code)] ?? 0) }
    case .texts: break
    }
  }

  mutating func add(_ columns: [RawColumn], of batch: TableBatch, _ choice: RowChoice) {
    if let cells = group(columns) {
      var codes = [Int32](repeating: -1, count: cells.entries.count)
      for code in choice.picked(cells.codes) where code >= 0 {
        if codes[Int(code)] < 0 { codes[Int(code)] = groupCode(cells.entries[Int(code)]) }
        rows.groups.append(codes[Int(code)])
      }
    }
    if let cells = split(columns) {
      let splits = cells.entries.map(Self.split)
      for code in choice.picked(cells.codes) where code >= 0 {
        rows.splits.append(splits[Int(code)] ?? .train)
      }
    }
    addTimes(columns, choice)
    guard choice.places != nil || batch.hasFileForEachRow else {
      rows.ids.append(contentsOf: batch.firstID..<batch.firstID + Int64(batch.rows))
      rows.files.append(repeating: Int64(batch.file), count: batch.rows)
      return
    }
    choice.forEach { row in
      rows.ids.append(batch.id(of: row))
      rows.files.append(Int64(batch.file(of: row)))
    }
  }

  /// Lets somebody add what is known of all rows at once.
  mutating func describe(_ body: (inout RowFacts) -> Void) { body(&rows) }

  /// That there are too many groups.
  var failure: Diagnostic? { isFull ? TextIndex.tooMany("the group") : nil }

  private mutating func groupCode(_ entry: CodeColumn.Entry) -> Int32 {
    guard !isFull, let code = groups.code(of: entry.text ?? "") else {
      isFull = true
      return 0
    }
    return code
  }

  private func group(_ columns: [RawColumn]) -> CodeColumn? {
    guard groupColumn != nil, case .codes(let cells)? = columns.first else { return nil }
    return cells
  }

  private func split(_ columns: [RawColumn]) -> CodeColumn? {
    let place = groupColumn == nil ? 0 : 1
    guard splitColumn != nil, case .codes(let cells) = columns[place] else { return nil }
    return cells
  }

  private static func split(_ entry: CodeColumn.Entry) -> SplitName? {
    SplitFolders.split(named: entry.text ?? "")
  }
}
