internal import Diagnostics

/// One reading of all rows of a table: encodes what can be read, keeps it, and looks at the values of columns
/// whose kind is open.
struct TablePass {
  private(set) var encoding: TableEncoding
  private(set) var facts: TableFacts
  private(set) var survey: TableSurvey
  private(set) var store: RowStore

  /// The first rows that cannot be read, and how many there are.
  private(set) var problems: [Diagnostic] = []
  private(set) var problemCount = 0

  /// The targets of all rows, where splitting has to know them: 4 bytes for each, and 4 more while those of
  /// classes get their final codes.
  private var targets: ColumnValues?
  private let keepsTargets: Bool

  /// - Parameters:
  ///   - open: The columns to look at, with the form to ask for where nothing else reads them.
  ///   - folder: Where many rows may be kept.
  init(_ schema: TableSchema, isSettled: Bool = false, open: [ColumnRequest], in folder: String?) {
    encoding = TableEncoding(schema, isSettled: isSettled)
    facts = TableFacts(schema)
    survey = TableSurvey(open, beside: encoding.requests + facts.requests)
    store = RowStore(encoding.layout, in: folder)
    keepsTargets = schema.isStratified
  }

  /// Reads everything.
  mutating func run(_ contents: some TableContents) throws {
    let requests = encoding.requests + facts.requests + survey.requests
    let factRange = encoding.requests.count..<encoding.requests.count + facts.requests.count
    try contents.forEachBatch(requests, of: encoding.schema.header) { batch in
      survey.add(batch)
      for part in batch.parts(of: encoding.rowsAtOnce) {
        try add(part, facts: Array(part.columns[factRange]))
      }
      return true
    }
    try store.finish()
    if let targets { facts.describe { encoding.describe(targets, in: &$0) } }
    targets = nil
  }

  private mutating func add(_ batch: TableBatch, facts factColumns: [RawColumn]) throws {
    var found = RowProblems(batch.misfits)
    encoding.inspect(batch, &found)
    facts.inspect(factColumns, &found)
    note(found, batch)
    let choice = RowChoice(of: batch, without: found)
    let block = try encoding.encode(batch, choice)
    facts.add(factColumns, of: batch, choice)
    if keepsTargets, let values = block.target.map(narrow) {
      if targets == nil { targets = values } else { targets?.append(values) }
    }
    try store.append(block)
  }

  /// The codes of classes in as many bits as they were given in, which is half of what they are stored in.
  private func narrow(_ values: ColumnValues) -> ColumnValues {
    guard encoding.schema.target?.task == .classification, case .int64(let codes) = values else {
      return values
    }
    return .int32(codes.map { Int32($0) })
  }

  /// So many are kept with their place and cause.
  private static let mostProblems = 100

  private mutating func note(_ found: RowProblems, _ batch: TableBatch) {
    guard !found.isEmpty else { return }
    problemCount += found.byRow.count
    for (row, problem) in found.sorted.prefix(Self.mostProblems - problems.count) {
      problems.append(batch.places.problem(problem, of: row))
    }
  }

  /// What keeps the rows from being used.
  var failure: Diagnostic? { encoding.failure ?? facts.failure }
}
