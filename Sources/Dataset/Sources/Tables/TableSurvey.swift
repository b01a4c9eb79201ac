internal import Diagnostics
internal import Network
internal import Tensor

/// Collects what only all rows together tell: categories, classes, and whether images fit in bytes.
struct TableSurvey {
  private let schema: TableSchema
  private let parser: RowParser
  private var row = RowParser.Row()
  private var facts = RowFacts()
  private var categories: [TextIndex]
  private var classes = TextIndex()

  /// How many rows have a text of each category.
  private var present: [Int]
  private var groups = TextIndex()
  private var fitsBytes: [Bool]

  /// For each feature what becomes of the numbers of its columns.
  private var roundings: [[FloatRounding]]
  private var targetRounding = FloatRounding()

  init(_ schema: TableSchema, _ format: TableFormat) {
    self.schema = schema
    parser = RowParser(schema, format)
    categories = schema.inputs.map { _ in TextIndex() }
    present = schema.inputs.map { _ in 0 }
    fitsBytes = schema.inputs.map { $0.feature.kind.traits.narrowType == .uint8 }
    roundings = schema.inputs.map { $0.columns.map { _ in FloatRounding() } }
  }

  mutating func add(
    _ record: borrowing Record, id: Int64, file: Int, place: SourceRange, _ bad: inout BadRows
  ) throws {
    if let problem = parser.parse(record, into: &row) {
      try bad.add(Diagnostic(problem, at: place))
      return
    }
    for (index, input) in schema.inputs.enumerated() {
      if let text = row.texts[index] {
        present[index] += 1
        guard categories[index].code(of: text) != nil else {
          throw TextIndex.tooMany("the category '\(input.feature.name)'")
        }
      }
      if fitsBytes[index] {
        fitsBytes[index] = row.numbers[index].allSatisfy { $0.isByte }
      }
      if row.numbers[index].count == roundings[index].count {
        for (column, number) in row.numbers[index].enumerated() {
          roundings[index][column].add(number)
        }
      }
    }
    if schema.target?.task == .regression { targetRounding.add(row.target) }
    try addFacts(id: id, file: file)
  }

  private mutating func addFacts(id: Int64, file: Int) throws {
    if let target = schema.target, target.task == .classification {
      guard let code = classes.code(of: row.label) else {
        throw TextIndex.tooMany("the target '\(target.name)'")
      }
      facts.labels.append(code)
    }
    if schema.groupColumn != nil {
      guard let code = groups.code(of: row.group) else { throw TextIndex.tooMany("the group") }
      facts.groups.append(code)
    }
    if let split = row.split { facts.splits.append(split) }
    facts.ids.append(id)
    facts.files.append(Int32(file))
  }

  /// The schema with categories, classes and element types.
  var settled: TableSchema {
    var settled = schema
    for index in schema.inputs.indices {
      settled.inputs[index].feature.categories = categories[index].sorted
      if fitsBytes[index] { settled.inputs[index].feature.type = .uint8 }
    }
    if settled.target?.task == .classification { settled.target?.classes = classes.sorted }
    return settled
  }

  /// The columns whose numbers lie too close together for how they are stored; an error for a target of
  /// which nothing much is left.
  var roundingProblems: [Diagnostic] {
    let features = zip(schema.inputs, roundings).flatMap { input, roundings in
      zip(input.columns, roundings).compactMap { $1.warning(schema.header.names[$0]) }
    }
    let target = schema.target.flatMap {
      targetRounding.problem(ofTarget: $0.name, at: schema.header.place)
    }
    return features + [target].compactMap { $0 }
  }

  /// What the texts of categories and classes show together, but for the columns of these names.
  func warnings(except told: Set<String>) -> [Diagnostic] {
    var labels: [LabelReview] = []
    for (index, input) in schema.inputs.enumerated() where !categories[index].texts.isEmpty {
      let name = input.feature.columns[0]
      guard !told.contains(name) else { continue }
      labels.append(
        LabelReview(
          .category, name, at: schema.header.place, texts: categories[index].sorted,
          rows: present[index]))
    }
    if let target = schema.target, target.task == .classification, !told.contains(target.name) {
      labels.append(
        LabelReview(
          .target, target.name, at: schema.header.place, texts: classes.sorted,
          rows: facts.count))
    }
    return TableReview.few(labels.flatMap(\.warnings))
  }

  /// The facts, with classes in their sorted order.
  var rankedFacts: RowFacts {
    var ranked = facts
    let ranks = classes.ranks
    ranked.labels = facts.labels.map { ranks[Int($0)] }
    return ranked
  }
}

extension Double {
  /// Whether the number is a whole one from 0 to 255.
  var isByte: Bool { UInt8(exactly: self) != nil }
}
