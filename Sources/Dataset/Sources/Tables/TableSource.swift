package import Diagnostics
internal import Network
internal import Options
internal import Tensor
package import YAML

/// Rows of a table, whatever the format of its files.
package struct TableSource: RowSource {
  let contents: any TableContents
  let header: TableHeader

  /// What is declared, where values settle the rest.
  let plan: TablePlan?

  /// Nil until it is settled.
  private(set) var schema: TableSchema?

  /// Where new rows tell what is to be predicted.
  private(set) var truth: TableSchema?

  package private(set) var warnings: [Diagnostic] = []
  package private(set) var remarks: [String] = []
  package private(set) var decisions: [String] = []

  /// The columns that the warnings speak of.
  private var told: Set<String> = []

  /// What the survey read, until it is read again, with the encoding that settles it.
  private var kept: (rows: KeptRows, encoding: TableEncoding)?

  private final class KeptRows {
    var store: RowStore?

    init(_ store: RowStore) { self.store = store }
  }
  private var folder: String?

  /// A source whose features follow from what is declared and from the values.
  init(_ contents: any TableContents, selection: TableSelection) throws(Diagnostic) {
    header = try contents.header()
    self.contents = contents
    let known = header.names.indices.map(contents.kind)
    let texts = Set(header.names.indices.filter(contents.holdsTexts))
    plan = try TablePlan(
      selection, header: header, files: contents.files, namedFiles: contents.namedFiles,
      known: known, texts: texts,
      labels: Set(header.names.indices.filter(contents.holdsLabels)),
      encodingRemedy: contents.encodingRemedy
    ) {
      contents.remedies(toFind: $0)
    }
  }

  /// A source of new rows for features that exist, as a model's; their columns are found by name. A text
  /// that is none of a category's becomes a missing value. Rows may have the target or not.
  ///
  /// - Parameter trained: The columns of the rows that the model was trained on, where they are known:
  ///   files without a header have them in that order, or all but the target.
  init(
    _ contents: some TableContents, features: [Feature], target: Target? = nil,
    trained: [String] = []
  ) throws(Diagnostic) {
    self.contents = contents
    let header = try contents.header()
    self.header =
      contents.hasNames ? header : try header.named(trained, butFor: target?.name)
    plan = nil
    var settled = TableSchema(
      header: self.header, files: contents.files, namedFiles: contents.namedFiles, inputs: [])
    for feature in features {
      var columns: [Int] = []
      for name in feature.columns {
        columns.append(try self.header.index(of: name, for: feature.name))
      }
      guard feature.isOfColumns || (columns.count == 1 && feature.isOfOneCell) else {
        throw Diagnostic("the feature '\(feature.name)' is not made of columns")
      }
      settled.inputs.append(TableSchema.Input(feature: feature, columns: columns))
    }
    schema = settled
    guard let target else { return }
    let names = target.columns.isEmpty ? [target.name] : target.columns
    let columns = names.compactMap { self.header.names.firstIndex(of: $0) }
    guard columns.count == names.count else { return }
    truth = TableSchema(header: self.header, inputs: [], target: target, targetColumns: columns)
  }

  /// The places of the columns that are read.
  var usedColumns: [Int] {
    let settled = schema?.inputs.flatMap(\.columns) ?? []
    return settled + (plan?.usedColumns ?? [])
  }

  /// Whether a table made a model's features, as far as they and the record of their rows tell.
  static func made(_ features: [Feature], _ provenance: Value) -> Bool {
    features.allSatisfy { !$0.columns.isEmpty }
      && (provenance["format"]?.string ?? "table") == "table"
  }

  /// The names of the columns that rows bring along, in the files' order.
  package var columns: [String] { broughtAlong.map { header.names[$0] } }

  var broughtAlong: [Int] { header.names.indices.filter(contents.bringsAlong) }

  package var features: [Feature] { schema?.features ?? [] }
  package var target: Target? { schema?.target }
  package var isWeighted: Bool { schema?.weightColumn != nil }

  package var provenance: Value {
    let files: Value = [
      "format": "table", "files": .array(contents.files.map { .string($0.name) }),
      "columns": .array(header.names.map(Value.string)),
    ]
    return files.merging(contents.value)
  }

  package func fileName(_ place: Int) -> String { contents.files[place].name }

  package mutating func keepRows(in folder: String) { self.folder = folder }

  package mutating func survey(_ bad: inout BadRows) throws -> RowFacts {
    guard let pass = try settledPass() ?? plannedPass(bad.policy) else { return RowFacts() }
    if let failure = pass.failure { throw failure }
    try bad.add(pass.problems, of: pass.problemCount)
    if schema == nil {
      schema = pass.encoding.settledSchema
      let rounding = pass.encoding.roundingProblems
      try Diagnostics(rounding).throwIfErrors()
      warnings += pass.encoding.warnings(except: told) + rounding
      decisions += pass.encoding.decisions
    }
    kept = pass.store.isDropped ? nil : (KeptRows(pass.store), pass.encoding)
    return pass.facts.rows
  }

  package mutating func fit(trainingOn isTraining: (Int64) -> Bool) throws {
    guard var kept, kept.encoding.needsFit else { return }
    try kept.rows.store?.forEach { kept.encoding.fit($0, trainingOn: isTraining) }
    kept.encoding.endFit()
    schema = kept.encoding.settledSchema
    self.kept = kept
  }

  package func read(
    _ bad: inout BadRows, where isWanted: ((Int64) -> Bool)?, _ body: (Block) throws -> Void
  ) throws {
    func give(_ block: Block) throws {
      guard block.count > 0 else { return }
      guard let isWanted, !block.rows.allSatisfy(isWanted) else { return try body(block) }
      let places = block.rows.indices.filter { isWanted(block.rows[$0]) }
      if !places.isEmpty { try body(block.selecting(places)) }
    }
    if let kept, var store = kept.rows.store {
      kept.rows.store = nil
      try store.takeAll { block in try give(kept.encoding.settled(block)) }
      return
    }
    guard let schema else { return }
    var encoding = TableEncoding(schema, isSettled: true)
    let facts = TableFacts(schema)
    let requests = encoding.requests + facts.requests
    try contents.forEachBatch(requests, of: header) { batch in
      for batch in batch.parts(of: encoding.rowsAtOnce) {
        var found = RowProblems(batch.misfits)
        encoding.inspect(batch, &found)
        facts.inspect(Array(batch.columns[encoding.requests.count...]), &found)
        for (row, problem) in found.sorted where isWanted?(batch.id(of: row)) ?? true {
          try bad.add(batch.places.problem(problem, of: row))
        }
        try give(encoding.encode(batch, RowChoice(of: batch, without: found)))
      }
      return true
    }
  }

  /// Adds what was done that is no reason to warn.
  mutating func remark(_ remark: String) { remarks.append(remark) }

  package func sampled() throws -> SampledRows? {
    guard let plan, let sample = try contents.sample(bytes: Self.sampleBytes) else { return nil }
    let source = try TableSource(sample.contents, selection: plan.selection)
    return SampledRows(source: source, share: sample.share)
  }

  private static let sampleBytes = 12 << 20

  /// Adds what its user should know.
  mutating func warn(_ warning: Diagnostic) { warnings.append(warning) }
}

extension TableSource {
  /// A pass over rows whose features are settled.
  private func settledPass() throws -> TablePass? {
    guard let schema else { return nil }
    var pass = TablePass(schema, isSettled: true, open: [], in: folder)
    try pass.run(contents)
    return pass
  }

  /// A pass over rows whose features follow from the values of the columns that nobody declared. They are
  /// guessed from the first rows, so that one pass is enough where the others are like these.
  ///
  /// - Throws: What an option would make readable, unless bad rows are skipped.
  private mutating func plannedPass(_ policy: BadRows.Policy) throws -> TablePass? {
    guard let plan else { return nil }
    let look = try look(at: plan.openColumns)
    if !look.isComplete, let guess = try? plan.schema(look.columns) {
      var pass = TablePass(guess, open: requests(for: plan.openColumns, look), in: folder)
      try pass.run(contents)
      try review(pass.survey.columns, plan, policy)
      let schema = try plan.schema(pass.survey.columns)
      if schema == guess { return pass }
      return try self.pass(schema)
    }
    let columns =
      look.isComplete ? look.columns : try surveyColumns(plan.openColumns, after: look)
    try review(columns, plan, policy)
    return try pass(plan.schema(columns))
  }

  private func pass(_ schema: TableSchema) throws -> TablePass {
    var pass = TablePass(schema, open: [], in: folder)
    try pass.run(contents)
    return pass
  }

  private mutating func review(
    _ columns: [Int: ColumnSurvey], _ plan: TablePlan, _ policy: BadRows.Policy
  ) throws {
    let review = TableReview(columns: plan.columns(columns))
    let mistakes = review.mistakes
    if policy == .error { try Diagnostics(mistakes).throwIfErrors() }
    warnings += mistakes.map(\.asWarning) + review.warnings
    told = review.told
    decisions = plan.decisions(columns)
  }

  /// What the first rows look like.
  private struct Look {
    var columns: [Int: ColumnSurvey] = [:]

    /// Whether it is known that there are no more rows.
    var isComplete = true
  }

  private func look(at columns: [Int]) throws -> Look {
    guard !columns.isEmpty else { return Look() }
    var survey = TableSurvey(columns.map { ColumnRequest($0, as: .codes) })
    var isComplete = true
    // What follows the first batch is not even begun to be read.
    try contents.forEachBatch(survey.requests, of: header) { batch in
      isComplete = batch.isLast
      survey.add(batch)
      return false
    }
    return Look(columns: survey.columns, isComplete: isComplete)
  }

  /// How columns are asked for: texts that repeat themselves as codes, and others than numbers too.
  private func requests(for columns: [Int], _ look: Look) -> [ColumnRequest] {
    columns.map { ColumnRequest($0, as: look.columns[$0]?.kind == .number ? .numbers : .codes) }
  }

  /// Looks at all values of the columns.
  func surveyColumns(_ columns: [Int]) throws -> [Int: ColumnSurvey] {
    try surveyColumns(columns, after: look(at: columns))
  }

  private func surveyColumns(
    _ columns: [Int], after look: Look
  ) throws -> [Int: ColumnSurvey] {
    guard !look.isComplete else { return look.columns }
    var survey = TableSurvey(requests(for: columns, look))
    try contents.forEachBatch(survey.requests, of: header) { batch in
      survey.add(batch)
      return true
    }
    return survey.columns
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
