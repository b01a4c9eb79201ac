internal import Artifacts
internal import Diagnostics
internal import Network
internal import Options
internal import YAML

/// Finds out how a table is written, which of its columns is to be predicted, and which tell nothing.
struct TableProposal {
  private(set) var result = SourceProposal()

  private let kind: any Source.Type
  private let source: TableSource
  private let surveys: [Int: ColumnSurvey]

  /// How many different fields the columns have of which it matters.
  private let varieties: [Int: Int]

  /// - Parameters:
  ///   - kind: That of the files.
  ///   - target: the column to predict; by default one of a usual name, or the last one.
  /// - Throws: where the files cannot be read, there is no such column, or none to predict.
  init(
    _ kind: any Source.Type, _ patterns: [PathPattern], target: String?, in search: FileSearch
  ) throws {
    self.kind = kind
    var format = TableFormat()
    let open: (TableFormat) throws(Diagnostic) -> TableSource
    if let typed = kind as? any TypedFiles.Type {
      open = { format throws(Diagnostic) in
        try Self.withLabels(typed, patterns, format, target, search)
      }
    } else {
      let files = try search.files(patterns)
      try Self.findEncoding(&format, files)
      format.hasHeader = try Self.hasHeader(files, format)
      open = { format throws(Diagnostic) in
        try TableSource(files, format: format, selection: TableSelection())
      }
    }
    var source = try open(format)
    var columns: [Int] { source.header.names.indices.filter(source.contents.isRead) }
    var surveys = try source.surveyColumns(columns)
    let changes =
      kind == CSVFiles.self ? [Self.encoding, Self.style, Self.missing] : [Self.missing]
    for change in changes {
      guard change(&format, surveys) else { continue }
      source = try open(format)
      surveys = try source.surveyColumns(columns)
    }
    self.source = source
    self.surveys = surveys
    varieties = try source.varieties(
      of: columns.filter { surveys[$0]?.kind == .category || source.header.names[$0].namesRows })
    try propose(target: target, format)
  }

  /// The table, in which lists of a usual name for a target are labels where nobody names another.
  private static func withLabels(
    _ typed: any TypedFiles.Type, _ patterns: [PathPattern], _ format: TableFormat,
    _ target: String?, _ search: FileSearch
  ) throws(Diagnostic) -> TableSource {
    let source = try typed.described(patterns, format, labels: target, in: search)
    guard target == nil,
      let list = String.usualTargets.first(where: {
        source.header.names.contains("\($0)_0") && !source.header.names.contains($0)
      })
    else { return source }
    let other = try typed.described(patterns, format, labels: list, in: search)
    return other.header.names.contains(list) ? other : source
  }

  private mutating func propose(target name: String?, _ format: TableFormat) throws {
    let names = source.header.names
    let named = try name.map { try source.header.index(of: $0, for: "target") }
    let roles = names.indices.map { $0 == named ? ColumnRole.target : role(of: $0) }
    let target = try named ?? choice(among: roles)
    let targetName = names[target]
    result.set("target", .string(targetName))
    let isList = source.contents.holdsLabels(target)
    guard let survey = surveys[target] else { return }
    result.rows = survey.numbers + survey.texts + survey.missing
    result.hasClasses = !isList && TargetChoice(survey).task == .classification
    if !format.hasHeader { result.set("header", .bool(false)) }
    if format.encoding != .utf8 {
      result.set("encoding", .string(format.encoding.rawValue))
      result.remarks.append("reads the file as \(format.encoding.rawValue), since it is not UTF-8")
    }
    if format.style.decimal == UInt8(ascii: ",") { result.set("decimal", ",") }
    if let mark = format.style.thousands {
      result.set("thousands", .string(String(UnicodeScalar(mark))))
    }
    result.set("missing", format.missing.sorted())
    let others = zip(names.indices, roles).filter { $0.0 != target }.map { (column: $0, role: $1) }
    set(others)
    findSplits()
    if survey.missing > 0 { result.set("bad-rows", "skip") }
    if named == nil {
      let isUsual = targetName.namesTarget || isList
      result.remarks.append(
        "predicts '\(targetName)'\(isUsual ? "" : ", the last column that may be meant")"
          + "; --target names another")
    }
    for (column, role) in others {
      switch role {
      case .leftOut(let reason):
        result.remarks.append("leaves out '\(names[column])', which \(reason)")
      case .files(let files): result.notes += files.remarks.map { "'\(names[column])': \($0)" }
      case .text: result.remarks.append("reads '\(names[column])' by its words")
      case .split:
        result.remarks.append("takes each row for the split that '\(names[column])' names")
        let splits = surveys[column]?.sightings.values.flatMap(\.texts) ?? []
        result.hasValidation = splits.contains { SplitFolders.split(named: $0) == .validation }
      case .target, .plain: break
      }
    }
    if survey.missing > 0 {
      let rows = survey.missing == 1 ? "1 row" : "\(survey.missing) rows"
      result.remarks.append("leaves out \(rows) without a value of '\(targetName)'")
    }
  }

  /// Takes tables that are called as splits are for these.
  private mutating func findSplits() {
    let names = source.contents.files.map { $0.name.lastName }
    let stems = names.map { String($0.prefix { $0 != "." && $0 != "-" && $0 != "_" }) }
    guard result.splitColumn == nil, SplitFolders.areSplits(Set(stems)) else { return }
    result.take(splits: stems.compactMap(SplitFolders.split))
    result.remarks.append("takes the files \(Set(names).listed) for the splits")
  }

  /// Says what the columns are: each for which that takes more than a name, and then all others too.
  private mutating func set(_ columns: [(column: Int, role: ColumnRole)]) {
    let names = source.header.names
    func kind(_ column: Int) -> FeatureKind {
      switch surveys[column]?.kind {
      case .category?: source.contents.kind(of: column) == .number ? .numbers : .category
      case .date?: .date
      default: source.contents.holdsTexts(column) ? .category : .numbers
      }
    }
    let files = columns.filter { if case .files = $0.role { true } else { false } }
    var kinds: [(name: String, kind: Value)] = []
    var features: [String: Value] = [:]
    var numbers: [String] = []
    for (column, role) in columns {
      switch role {
      case .leftOut, .target: continue
      case .split: result.splitColumn = names[column]
      case .files(let file):
        result.kinds.insert(file.kind)
        features[names[column]] = file.feature(of: names[column])
      case .text:
        result.kinds.insert(.text)
        kinds.append((names[column], "text"))
        features[names[column]] = ["columns": .string(names[column]), "kind": "text"]
      case .plain:
        let own = kind(column)
        result.kinds.insert(own)
        if own == .numbers {
          numbers.append(names[column])
        } else {
          features[names[column]] = .string(names[column])
        }
      }
    }
    guard files.isEmpty else {
      if !numbers.isEmpty {
        let name = "numbers".avoiding(Set(features.keys))
        features[name] = .array(numbers.map(Value.string))
      }
      return result.set("features", .object(features))
    }
    if !kinds.isEmpty {
      result.set("kinds", .object(Dictionary(kinds) { first, _ in first }))
    }
    result.set(
      "columns",
      columns.filter { if case .leftOut = $0.role { true } else { false } }
        .map { "!" + names[$0.column] })
  }

  /// The column to predict where nobody names one.
  private func choice(among roles: [ColumnRole]) throws(Diagnostic) -> Int {
    let names = source.header.names
    let open = names.indices.filter { column in
      if source.contents.holdsLabels(column) { return true }
      guard case .plain = roles[column] else { return false }
      return surveys[column]?.kind != .date
    }
    if let usual = open.first(where: { names[$0].namesTarget }) { return usual }
    if let labels = open.first(where: source.contents.holdsLabels) { return labels }
    guard let last = open.last else {
      throw source.header.problem(
        "no column of the table can be predicted", remedy: "columns are \(source.header.summary)")
    }
    return last
  }

  /// What becomes of a column that is not predicted.
  private func role(of column: Int) -> ColumnRole {
    let name = source.header.names[column]
    if source.contents.holdsFiles(column) {
      return FileColumn(bytesOf: column, in: source).map(ColumnRole.files)
        ?? .leftOut("holds bytes that are no images")
    }
    if source.contents.holdsLabels(column) { return .leftOut("holds lists of texts or numbers") }
    guard let survey = surveys[column] else { return .leftOut("holds values that are not read") }
    let isNumeric = survey.kind == .number && survey.texts == 0
    let variety = varieties[column] ?? 0
    if survey.present == 0 { return .leftOut("has no value in any row") }
    if isNumeric, survey.numbers > 1, survey.distinct.count == 1 || variety == 1 {
      return .leftOut("is the same in every row")
    }
    if isNumeric, survey.isIntegral, survey.numbers > 1, survey.missing == 0 {
      if survey.counts, survey.numbers >= Self.fewRows { return .leftOut("numbers the rows") }
      if name.namesRows, variety == survey.numbers {
        return .leftOut("is another in every row, as its name says")
      }
    }
    guard survey.kind == .category else { return .plain }
    if variety <= SplitName.allCases.count, survey.missing == 0,
      SplitFolders.areSplits(Set(survey.sightings.values.flatMap(\.texts)))
    {
      return .split
    }
    if variety == 1, survey.missing == 0 { return .leftOut("is the same in every row") }
    if let look = look(of: survey) { return .leftOut(look) }
    let texts = survey.sightings.values.flatMap(\.texts)
    if let file = FileColumn(texts, hasMissing: survey.missing > 0, in: source) {
      return .files(file)
    }
    if FileColumn.areNames(texts) {
      return .leftOut("names files that are neither beside the table nor in a folder beside it")
    }
    guard survey.texts >= Self.fewRows, 2 * variety > survey.present else { return .plain }
    return Self.areSentences(texts) ? .text : .leftOut("is another text in most rows")
  }

  /// Texts that stand for numbers or dates and cannot be read as such.
  private func look(of survey: ColumnSurvey) -> String? {
    func sighting(_ look: TextLook) -> String? {
      guard let found = survey.sightings[look],
        5 * (found.count + (look == .unit ? survey.numbers : 0)) >= 4 * survey.present
      else { return nil }
      return found.text
    }
    if let text = sighting(.unit) {
      return
        "has numbers with a sign of money or percent, such as '\(text)', which are read without "
        + "it only"
    }
    return sighting(.otherDate).map {
      "has dates such as '\($0)', which are read where they are written as 2012-01-31"
    }
  }

  /// Whether texts have three words each or more, as a rule.
  private static func areSentences(_ texts: [String]) -> Bool {
    let blanks = texts.reduce(0) { $0 + $1.utf8.count { $0 == UInt8(ascii: " ") } }
    return !texts.isEmpty && blanks >= 2 * texts.count
  }

  /// What numbers or texts show in fewer rows than this may be chance.
  private static let fewRows = 20
}

extension String {
  /// Whether columns that tell rows apart are named so.
  fileprivate var namesRows: Bool {
    let name = lowercased()
    return ["id", "index", "key", "uuid", "guid", "no", "nr", "row", "rownames"].contains(name)
      || ["_id", "-id", " id"].contains { name.hasSuffix($0) } || name.hasPrefix("id_")
      || hasSuffix("Id") || hasSuffix("ID") || name.hasPrefix("unnamed: ")
  }
}
