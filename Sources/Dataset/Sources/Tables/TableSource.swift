package import Diagnostics
internal import Tensor
package import YAML

/// Rows of CSV and TSV files.
package struct TableSource: RowSource {
  private let rows: TableRows
  private let header: TableHeader

  /// What is declared, where values settle the rest.
  private let plan: TablePlan?

  /// Nil until it is settled.
  private var schema: TableSchema?

  /// A source whose features follow from what is declared and from the values.
  package init(
    _ files: [SourceFile], format: TableFormat = TableFormat(), selection: TableSelection
  ) throws(Diagnostic) {
    rows = TableRows(files: files, format: format)
    header = try rows.header()
    plan = try TablePlan(selection, header: header)
  }

  /// A source of rows for features that exist, as a model's; their columns are found by name. A text
  /// that is none of a category's becomes a missing value.
  package init(
    _ files: [SourceFile], format: TableFormat = TableFormat(), features: [Feature],
    target: Target? = nil
  ) throws(Diagnostic) {
    rows = TableRows(files: files, format: format)
    header = try rows.header()
    plan = nil
    var settled = TableSchema(header: header, inputs: [], target: target)
    for feature in features {
      var columns: [Int] = []
      for name in feature.columns { columns.append(try header.index(of: name, for: feature.name)) }
      guard columns.count == feature.width else {
        throw Diagnostic("the feature '\(feature.name)' is not made of columns")
      }
      settled.inputs.append(TableSchema.Input(feature: feature, columns: columns))
    }
    if let target { settled.targetColumn = try header.index(of: target.name, for: "target") }
    schema = settled
  }

  /// The names of all columns, in the files' order.
  package var columns: [String] { header.names }

  package var features: [Feature] { schema?.features ?? [] }
  package var target: Target? { schema?.target }

  package var provenance: Value {
    [
      "format": "table", "files": .array(rows.files.map { .string($0.name) }),
      "header": .bool(rows.format.hasHeader),
      "missing": .array(rows.format.missing.sorted().map(Value.string)),
    ]
  }

  package func fileName(_ place: Int) -> String { rows.files[place].name }

  package func name(of row: Int64) -> Value { ["row": .int(Int(row) + 1)] }

  package mutating func survey(_ bad: inout BadRows) throws -> RowFacts {
    let open = try schema ?? plan?.schema(surveyColumns())
    guard let open else { return RowFacts() }
    var survey = TableSurvey(open, missing: rows.format.missing)
    try rows.forEach(columns: header.names.count, &bad) { record, id, file, place, bad in
      try survey.add(record, id: id, file: file, place: place, &bad)
    }
    if schema == nil { schema = survey.settled }
    return survey.rankedFacts
  }

  package func read(
    _ bad: inout BadRows, where isWanted: (Int64) -> Bool, _ body: (Block) throws -> Void
  ) throws {
    guard let schema else { return }
    var builder = TableBlockBuilder(schema, missing: rows.format.missing)
    try rows.forEach(columns: header.names.count, &bad, where: isWanted) {
      record, id, _, place, bad in
      if let problem = builder.append(record, id: id) {
        try bad.add(Diagnostic(problem, at: place))
      }
      if builder.count == 4096 { try body(builder.take()) }
    }
    if builder.count > 0 { try body(builder.take()) }
  }

  /// Looks at the values of the columns that nobody declared.
  private func surveyColumns() throws -> [Int: ColumnSurvey] {
    guard let columns = plan?.openColumns, !columns.isEmpty else { return [:] }
    let missing = Set(rows.format.missing.map { Array($0.utf8) })
    var surveys = columns.map { _ in ColumnSurvey() }
    var ignored = BadRows(.skip)
    try rows.forEach(columns: header.names.count, &ignored) { record, _, _, _, _ in
      for (place, column) in columns.enumerated() {
        surveys[place].add(Cell(record[column], missing: missing))
      }
    }
    return Dictionary(zip(columns, surveys)) { first, _ in first }
  }
}
