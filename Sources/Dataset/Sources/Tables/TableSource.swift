package import Diagnostics
internal import Network
internal import Options
internal import Tensor
package import YAML

/// Rows of CSV and TSV files.
package struct TableSource: RowSource {
  let rows: TableRows
  let header: TableHeader

  /// What is declared, where values settle the rest.
  let plan: TablePlan?

  /// Nil until it is settled.
  private(set) var schema: TableSchema?

  /// Where new rows tell what is to be predicted.
  private(set) var truth: TableSchema?

  package private(set) var warnings: [Diagnostic] = []

  /// The columns that the warnings speak of.
  private var told: Set<String> = []

  /// A source whose features follow from what is declared and from the values.
  package init(
    _ files: [SourceFile], format: TableFormat = TableFormat(), selection: TableSelection
  ) throws(Diagnostic) {
    let rows = try TableRows(files: files, format: format)
    header = try rows.header()
    self.rows = rows
    for column in format.missingByColumn.keys.sorted() {
      _ = try header.indices(ofText: column, for: "missing")
    }
    plan = try TablePlan(selection, header: header) { rows.remedies(toFind: $0) }
  }

  /// A source of new rows for features that exist, as a model's; their columns are found by name. A text
  /// that is none of a category's becomes a missing value. Rows may have the target or not.
  ///
  /// - Parameter trained: The columns of the rows that the model was trained on, where they are known:
  ///   files without a header have them in that order, or all but the target.
  package init(
    _ files: [SourceFile], format: TableFormat = TableFormat(), features: [Feature],
    target: Target? = nil, trained: [String] = []
  ) throws(Diagnostic) {
    rows = try TableRows(files: files, format: format)
    let header = try rows.header()
    self.header =
      format.hasHeader ? header : try header.named(trained, butFor: target?.name)
    plan = nil
    var settled = TableSchema(header: self.header, inputs: [])
    for feature in features {
      var columns: [Int] = []
      for name in feature.columns {
        columns.append(try self.header.index(of: name, for: feature.name))
      }
      guard feature.elements.count == feature.width else {
        throw Diagnostic("the feature '\(feature.name)' is not made of columns")
      }
      settled.inputs.append(TableSchema.Input(feature: feature, columns: columns))
    }
    schema = settled
    guard let target, let column = self.header.names.firstIndex(of: target.name) else { return }
    truth = TableSchema(header: self.header, inputs: [], target: target, targetColumn: column)
  }

  /// Whether the first row can be one of values: it has a number, or nothing, wherever one belongs.
  var beginsWithValues: Bool {
    guard let schema, let record = try? rows.firstRecord(), record.count == header.names.count
    else {
      return false
    }
    let readers = rows.format.readers(of: header)
    let numeric = schema.inputs.filter { !$0.feature.kind.traits.holdsCodes }.flatMap(\.columns)
    return !numeric.isEmpty && numeric.allSatisfy { readers[$0].cell(record[$0]) != .text }
  }

  /// The names of all columns, in the files' order.
  package var columns: [String] { header.names }

  package var features: [Feature] { schema?.features ?? [] }
  package var target: Target? { schema?.target }

  package var provenance: Value {
    let files: Value = [
      "format": "table", "files": .array(rows.files.map { .string($0.name) }),
      "columns": .array(header.names.map(Value.string)),
    ]
    return files.merging(rows.format.value)
  }

  package func fileName(_ place: Int) -> String { rows.files[place].name }

  package mutating func survey(_ bad: inout BadRows) throws -> RowFacts {
    guard let open = try schema ?? planned(bad.policy) else { return RowFacts() }
    var survey = TableSurvey(open, rows.format)
    try rows.forEach(columns: header.names.count, &bad) { record, id, file, place, bad in
      try survey.add(record, id: id, file: file, place: place, &bad)
    }
    if schema == nil {
      schema = survey.settled
      let rounding = survey.roundingProblems
      try Diagnostics(rounding).throwIfErrors()
      warnings += survey.warnings(except: told) + rounding
    }
    return survey.rankedFacts
  }

  package func read(
    _ bad: inout BadRows, where isWanted: (Int64) -> Bool, _ body: (Block) throws -> Void
  ) throws {
    guard let schema else { return }
    var builder = TableBlockBuilder(schema, rows.format)
    try rows.forEach(columns: header.names.count, &bad, where: isWanted) {
      record, id, _, place, bad in
      if let problem = builder.append(record, id: id) {
        try bad.add(Diagnostic(problem, at: place))
      }
      if builder.count == 4096 { try body(builder.take()) }
    }
    if builder.count > 0 { try body(builder.take()) }
  }

  /// The features as the values of the columns that nobody declared make them.
  ///
  /// - Throws: What an option would make readable, unless bad rows are skipped.
  private mutating func planned(_ policy: BadRows.Policy) throws -> TableSchema? {
    guard let plan else { return nil }
    let surveys = try surveyColumns(plan.openColumns)
    let review = TableReview(columns: plan.columns(surveys))
    let mistakes = review.mistakes
    if policy == .error { try Diagnostics(mistakes).throwIfErrors() }
    warnings = mistakes.map(\.asWarning) + review.warnings
    told = review.told
    return try plan.schema(surveys)
  }

  /// Adds what its user should know.
  mutating func warn(_ warning: Diagnostic) { warnings.append(warning) }

  /// Looks at all values of the columns.
  func surveyColumns(_ columns: [Int]) throws -> [Int: ColumnSurvey] {
    guard !columns.isEmpty else { return [:] }
    let readers = rows.format.readers(of: header)
    var surveys = columns.map { _ in ColumnSurvey() }
    var ignored = BadRows(.skip)
    try rows.forEach(columns: header.names.count, &ignored) { record, _, _, row, _ in
      for (place, column) in columns.enumerated() {
        surveys[place].add(readers[column].cell(record[column]), record[column], at: row)
      }
    }
    return Dictionary(zip(columns, surveys)) { first, _ in first }
  }
}

extension Diagnostic {
  /// The same as what is no reason to stop.
  fileprivate var asWarning: Diagnostic {
    var copy = self
    copy.severity = .warning
    return copy
  }
}
