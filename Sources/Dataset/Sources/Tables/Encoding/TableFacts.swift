internal import Diagnostics

/// Collects what splitting has to know of the rows of a table.
struct TableFacts {
  private(set) var rows = RowFacts()
  private let groupColumn: Int?
  private let splitColumn: Int?
  private let header: TableHeader
  private var groups = TextIndex()
  private var isFull = false

  /// The columns that are read.
  let requests: [ColumnRequest]

  init(_ schema: TableSchema) {
    header = schema.header
    groupColumn = schema.groupColumn
    splitColumn = schema.splitColumn
    requests = [groupColumn, splitColumn].compactMap { $0 }
      .map { ColumnRequest($0, as: .codes) }
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
    choice.forEach { row in
      rows.ids.append(batch.id(of: row))
      rows.files.append(Int32(batch.file(of: row)))
    }
  }

  /// Adds the classes of all rows, in their settled numbers.
  mutating func label(_ labels: [Int32]) { rows.labels = labels }

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
    guard splitColumn != nil, case .codes(let cells)? = columns.last else { return nil }
    return cells
  }

  private static func split(_ entry: CodeColumn.Entry) -> SplitName? {
    SplitName(rawValue: entry.text ?? "")
  }
}
