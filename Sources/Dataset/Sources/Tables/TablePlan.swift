internal import Diagnostics
internal import Network
internal import Options
internal import Tensor

/// Which columns make which feature, as far as that is declared; their values settle the rest.
struct TablePlan: Sendable {
  /// A feature that is declared, with the columns that its patterns match.
  private struct Declared {
    var declaration: FeatureDeclaration
    var columns: [Int]
  }

  private let header: TableHeader
  private let selection: TableSelection
  private var declared: [Declared] = []

  /// The columns of features that nobody declared.
  private var undeclared: [Int] = []
  private var targetColumn: Int?
  private var groupColumn: Int?
  private var splitColumn: Int?

  init(_ selection: TableSelection, header: TableHeader) throws(Diagnostic) {
    self.selection = selection
    self.header = header
    if let name = selection.target { targetColumn = try header.index(of: name, for: "target") }
    if let name = selection.group { groupColumn = try header.index(of: name, for: "group") }
    if let name = selection.split { splitColumn = try header.index(of: name, for: "column") }
    let taken = Set([targetColumn, groupColumn, splitColumn].compactMap { $0 })
    let free = header.names.indices.filter { !taken.contains($0) }
    if selection.features.isEmpty {
      undeclared = free
    } else {
      try assign(free)
    }
    guard !declared.isEmpty || !undeclared.isEmpty else {
      throw header.problem(
        "no column is left to be a feature", remedy: "columns are \(header.summary)")
    }
  }

  /// The columns whose values decide what they are.
  var openColumns: [Int] {
    let features = declared.filter { $0.declaration.kind == nil }.flatMap(\.columns)
    let target = selection.task == nil ? targetColumn : nil
    return (undeclared + features + [target].compactMap { $0 }).sorted()
  }

  /// The features, once the open columns were looked at.
  func schema(_ surveys: [Int: ColumnSurvey]) throws(Diagnostic) -> TableSchema {
    var schema = TableSchema(header: header, inputs: [])
    for feature in declared { schema.inputs.append(try input(feature, surveys)) }
    let numbers = undeclared.filter { surveys[$0]?.kind == .numbers }
    if !numbers.isEmpty { schema.inputs.append(input("numbers", .numbers, numbers)) }
    for column in undeclared where surveys[column]?.kind == .category {
      schema.inputs.append(input(header.names[column], .category, [column]))
    }
    if let targetColumn {
      let task = selection.task ?? surveys[targetColumn]?.task ?? .classification
      schema.target = Target(name: header.names[targetColumn], task: task)
    }
    schema.targetColumn = targetColumn
    schema.groupColumn = groupColumn
    schema.splitColumn = splitColumn
    return schema
  }

  /// Gives each free column to the feature that names it. A name without wildcards goes before a
  /// pattern; two patterns that want the same column are a mistake.
  private mutating func assign(_ free: [Int]) throws(Diagnostic) {
    let features = selection.features.sorted { $0.name < $1.name }
    declared = features.map { Declared(declaration: $0, columns: []) }
    for column in free {
      let name = header.names[column]
      let literal = features.indices.filter { index in
        features[index].columns.contains { $0.text == name }
      }
      let matching = features.indices.filter { index in
        features[index].columns.contains { $0.matches(name) }
      }
      let owners = literal.isEmpty ? matching : literal
      if owners.count > 1 {
        let names = owners.map { "'\(features[$0].name)'" }.joined(separator: " and ")
        throw header.problem(
          "the column '\(name)' belongs to the features \(names)",
          remedy: "name the column itself in the one that it belongs to")
      }
      if let owner = owners.first { declared[owner].columns.append(column) }
    }
    if let empty = declared.first(where: \.columns.isEmpty) {
      let patterns = empty.declaration.columns.map(\.text).joined(separator: ", ")
      throw header.problem(
        "no column matches '\(patterns)' of the feature '\(empty.declaration.name)'",
        remedy: "columns are \(header.summary)")
    }
  }

  private func input(
    _ feature: Declared, _ surveys: [Int: ColumnSurvey]
  ) throws(Diagnostic) -> TableSchema.Input {
    let declaration = feature.declaration
    let columns = feature.columns
    let isText = columns.contains { surveys[$0]?.kind == .category }
    let kind = declaration.kind ?? (isText ? .category : .numbers)
    if !kind.traits.ranks.contains(1) {
      guard let picture = declaration.picture, picture.count == columns.count else {
        let picture = declaration.picture.map { "\($0.channels)x\($0.height)x\($0.width)" }
        throw header.problem(
          "the image '\(declaration.name)' of \(picture ?? "no size") has \(columns.count) columns",
          remedy: "channels times height times width has to be the number of columns")
      }
      var input = input(declaration.name, kind, columns)
      input.feature.shape = picture.shape
      return input
    }
    if kind.traits.holdsCodes, columns.count != 1 {
      let names = columns.map { header.names[$0] }.prefix(4).joined(separator: ", ")
      throw header.problem(
        "the category '\(declaration.name)' has \(columns.count) columns: \(names)",
        remedy: "declare one feature for each column")
    }
    return input(declaration.name, kind, columns)
  }

  private func input(_ name: String, _ kind: FeatureKind, _ columns: [Int]) -> TableSchema.Input {
    let feature = Feature(
      name: name, kind: kind, shape: [columns.count], type: kind.traits.type,
      columns: columns.map { header.names[$0] })
    return TableSchema.Input(feature: feature, columns: columns)
  }
}
