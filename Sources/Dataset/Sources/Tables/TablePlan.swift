internal import Diagnostics
internal import Network
internal import Options

/// Which columns make which feature, as far as that is declared; their values settle the rest.
struct TablePlan: Sendable {
  /// A feature that is declared, with the columns that its patterns match.
  struct Declared {
    var declaration: FeatureDeclaration
    var columns: [Int]
  }

  let header: TableHeader
  let files: [SourceFile]
  let namedFiles: [String: SourceFile]
  let selection: TableSelection
  private(set) var declared: [Declared] = []

  /// The columns of features that nobody declared.
  private(set) var undeclared: [Int] = []
  private(set) var targetColumns: [Int] = []
  private(set) var groupColumn: Int?
  private(set) var splitColumn: Int?
  private(set) var timeColumn: Int?
  private(set) var weightColumn: Int?

  /// What users say that columns hold.
  private(set) var kinds: [Int: ColumnKind] = [:]

  /// The columns of texts by their file's own types, which are no numbers whatever they look like.
  private let texts: Set<Int>

  /// The columns whose cells are lists of labels.
  let labels: Set<Int>
  private let encodingRemedy: String

  /// - Parameters:
  ///   - known: What each column holds by its file's own types; nil where its values tell.
  ///   - texts: The columns that hold texts by these types.
  ///   - labels: Those whose cells are lists of labels.
  ///   - encodingRemedy: What to do about texts that are not UTF-8.
  init(
    _ selection: TableSelection, header: TableHeader, files: [SourceFile] = [],
    namedFiles: [String: SourceFile] = [:], known: [ColumnKind?] = [], texts: Set<Int> = [],
    labels: Set<Int> = [], encodingRemedy: String = TextEncoding.remedy,
    remedies: (String) -> [Note] = { _ in [] }
  ) throws(Diagnostic) {
    self.selection = selection
    self.header = header
    self.files = files
    self.namedFiles = namedFiles
    self.texts = texts
    self.labels = labels
    self.encodingRemedy = encodingRemedy
    func column(_ name: String?, _ setting: String) throws(Diagnostic) -> Int? {
      guard let name else { return nil }
      return try header.index(of: name, for: setting, remedies(name))
    }
    for pattern in selection.targets {
      // A name that is no column's is looked for as one.
      if !header.names.contains(where: pattern.matches) {
        targetColumns += try [column(pattern.text, "target")].compactMap { $0 }
      }
      for column in try header.indices(of: pattern, for: "target")
      where !targetColumns.contains(column) {
        targetColumns.append(column)
      }
    }
    timeColumn = try column(selection.time, "time")
    weightColumn = try column(selection.weight, "weight")
    groupColumn = try column(selection.group, "group")
    splitColumn = try column(selection.split, "column")
    for (name, kind) in selection.kinds.sorted(by: { $0.key < $1.key }) {
      for column in try header.indices(ofText: name, for: "kinds")
      where kinds[column] == nil || header.names[column] == name {
        kinds[column] = kind
      }
    }
    for (column, kind) in known.enumerated() where kinds[column] == nil { kinds[column] = kind }
    var taken = Set(targetColumns + [groupColumn, splitColumn, weightColumn].compactMap { $0 })
    for choice in selection.columns where choice.isLeftOut {
      taken.formUnion(try header.indices(of: choice.pattern, for: "columns"))
    }
    var free = header.names.indices.filter { !taken.contains($0) }
    let chosen = selection.columns.filter { !$0.isLeftOut }
    if !chosen.isEmpty {
      var named: Set<Int> = []
      for choice in chosen {
        named.formUnion(try header.indices(of: choice.pattern, for: "columns"))
      }
      free = free.filter(named.contains)
    }
    if selection.features.isEmpty {
      undeclared = free.filter { $0 != timeColumn }
    } else {
      try assign(free)
    }
    guard !declared.isEmpty || !undeclared.isEmpty else {
      throw header.problem(
        "no column is left to be a feature", remedy: "columns are \(header.summary)")
    }
  }

  /// The columns that are read.
  var usedColumns: [Int] {
    declared.flatMap(\.columns) + undeclared
      + targetColumns + [groupColumn, splitColumn, weightColumn, timeColumn].compactMap { $0 }
  }

  /// The columns whose values decide what they are.
  var openColumns: [Int] {
    let features = declared.filter { $0.declaration.kind == nil || $0.declaration.kind == .date }
      .flatMap(\.columns)
    let isOpen = selection.task == nil || selection.task == .multiLabel
    let targets = isOpen ? targetColumns : []
    let time = [timeColumn].compactMap { $0 }
    return Set(undeclared + features + targets + time).sorted()
  }

  /// The open columns with what was seen of them.
  func columns(_ surveys: [Int: ColumnSurvey]) -> [SurveyedColumn] {
    openColumns.compactMap { column in
      surveys[column].map { survey in
        SurveyedColumn(
          header.names[column], at: header.place, use(of: column),
          survey, kind: kinds[column] ?? declaredKind(column) ?? kind(column, survey),
          encodingRemedy: encodingRemedy)
      }
    }
  }

  private func use(of column: Int) -> SurveyedColumn.Use {
    guard targetColumns.contains(column) else {
      return column == timeColumn && !undeclared.contains(column) ? .order : .feature
    }
    return targetColumns.count > 1 ? .oneOfTargets : .target
  }

  /// What a column holds that nobody tells of.
  func kind(_ column: Int, _ survey: ColumnSurvey?) -> ColumnKind {
    let kind = survey?.kind ?? .number
    return kind == .number && texts.contains(column) ? .category : kind
  }

  private func declaredKind(_ column: Int) -> ColumnKind? {
    declared.contains { $0.declaration.kind == .date && $0.columns == [column] } ? .date : nil
  }

  /// Gives each free column to the feature that names it. A name goes before a pattern, and what is the name
  /// of a column is no pattern for others; two patterns that want the same column are a mistake.
  private mutating func assign(_ free: [Int]) throws(Diagnostic) {
    let features = selection.features.sorted { $0.name < $1.name }
    let names = Set(header.names)
    declared = features.map { Declared(declaration: $0, columns: []) }
    for column in free {
      let name = header.names[column]
      let literal = features.indices.filter { index in
        features[index].columns.contains { $0.text == name }
      }
      let matching = features.indices.filter { index in
        features[index].columns.contains { !names.contains($0.text) && $0.matches(name) }
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
}
