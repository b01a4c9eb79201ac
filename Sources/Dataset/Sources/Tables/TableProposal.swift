internal import Diagnostics
package import Options
internal import YAML

/// Finds out how a table is written, which of its columns is to be predicted, and which tell nothing.
package struct TableProposal {
  package private(set) var result = SourceProposal()

  private let source: TableSource
  private let surveys: [Int: ColumnSurvey]

  /// How many different fields the columns have of which it matters.
  private let varieties: [Int: Int]

  /// - Parameter target: the column to predict; by default one of a usual name, or the last one.
  /// - Throws: where the files cannot be read, there is no such column, or none to predict.
  package init(
    _ patterns: [PathPattern], target: String?, in search: FileSearch
  ) throws {
    let files = try search.files(patterns)
    var format = TableFormat()
    format.hasHeader = try Self.hasHeader(files)
    var source = try TableSource(files, format: format, selection: TableSelection())
    let columns = Array(source.header.names.indices)
    var surveys = try source.surveyColumns(columns)
    for change in [Self.style, Self.missing] {
      guard change(&format, surveys) else { continue }
      source = try TableSource(files, format: format, selection: TableSelection())
      surveys = try source.surveyColumns(columns)
    }
    self.source = source
    self.surveys = surveys
    varieties = try source.varieties(
      of: columns.filter { surveys[$0]?.kind == .category || source.header.names[$0].namesRows })
    try propose(target: target, format)
  }

  private mutating func propose(target name: String?, _ format: TableFormat) throws {
    let named = try name.map { try source.header.index(of: $0, for: "target") }
    let useless = source.header.names.indices.compactMap { column in
      column == named ? nil : reason(toLeaveOut: column).map { (column: column, reason: $0) }
    }
    let target = try named ?? choice(except: Set(useless.map(\.column)))
    guard let survey = surveys[target] else { return }
    let targetName = source.header.names[target]
    result.rows = survey.numbers + survey.texts + survey.missing
    result.hasClasses = TargetChoice(survey).task == .classification
    result.set("target", .string(targetName))
    if !format.hasHeader { result.set("header", .bool(false)) }
    if format.style.decimal == UInt8(ascii: ",") { result.set("decimal", ",") }
    if let mark = format.style.thousands {
      result.set("thousands", .string(String(UnicodeScalar(mark))))
    }
    result.set("missing", format.missing.sorted())
    result.set("columns", useless.map { "!" + source.header.names[$0.column] })
    if survey.missing > 0 { result.set("bad-rows", "skip") }
    if named == nil {
      result.remarks.append(
        "predicts '\(targetName)'\(targetName.namesTarget ? "" : ", the last column that may be meant")"
          + "; --target names another")
    }
    result.remarks += useless.map {
      "leaves out '\(source.header.names[$0.column])', which \($0.reason)"
    }
    if survey.missing > 0 {
      let rows = survey.missing == 1 ? "1 row" : "\(survey.missing) rows"
      result.remarks.append("leaves out \(rows) without a value of '\(targetName)'")
    }
  }

  /// The column to predict where nobody names one.
  private func choice(except useless: Set<Int>) throws(Diagnostic) -> Int {
    let open = source.header.names.indices.filter { column in
      !useless.contains(column) && surveys[column]?.kind != .date
    }
    if let usual = open.first(where: { source.header.names[$0].namesTarget }) { return usual }
    guard let last = open.last else {
      throw source.header.problem(
        "no column of the table can be predicted", remedy: "columns are \(source.header.summary)")
    }
    return last
  }

  /// Why a column is of no use as a feature; nil where it may be.
  private func reason(toLeaveOut column: Int) -> String? {
    guard let survey = surveys[column] else { return nil }
    let isNumeric = survey.kind == .number && survey.texts == 0
    let variety = varieties[column] ?? 0
    if survey.present == 0 { return "has no value in any row" }
    if isNumeric, survey.numbers > 1, survey.distinct.count == 1 || variety == 1 {
      return "is the same in every row"
    }
    if isNumeric, survey.isIntegral, survey.numbers > 1, survey.missing == 0 {
      if survey.counts, survey.numbers >= Self.fewRows { return "numbers the rows" }
      if source.header.names[column].namesRows, variety == survey.numbers {
        return "is another in every row, as its name says"
      }
    }
    guard survey.kind == .category else { return nil }
    if variety == 1, survey.missing == 0 { return "is the same in every row" }
    return survey.texts >= Self.fewRows && 2 * variety > survey.present
      ? "is another text in most rows" : nil
  }

  /// What numbers or texts show in fewer rows than this may be chance.
  private static let fewRows = 20

  /// Whether the first row names the columns, rather than being one of values: then it has no numbers, or
  /// these count the columns.
  private static func hasHeader(_ files: [SourceFile]) throws(Diagnostic) -> Bool {
    let header: TableHeader
    do throws(Diagnostic) {
      header = try DelimitedContents(files: files, format: TableFormat()).header()
    } catch {
      // Values may be the same in two columns, and then are no names.
      let bare = try? DelimitedContents(files: files, format: TableFormat(hasHeader: false))
        .header()
      guard bare != nil, error.message.contains("are both named") else { throw error }
      return false
    }
    let numbers = header.names.compactMap { Cell.number(Array($0.utf8)[...]) }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
      && (numbers.count != 1 || header.names.count == 1)
  }

  /// Sets how numbers are written, where columns of texts are numbers then.
  private static func style(_ format: inout TableFormat, _ surveys: [Int: ColumnSurvey]) -> Bool {
    let styled = surveys.sorted { $0.key < $1.key }.map(\.value).filter { survey in
      5 * (survey.count(.styled) + survey.numbers) >= 4 * survey.present
        && survey.count(.styled) > 0
    }
    guard let style = styled.compactMap(\.style).first else { return false }
    format.style = style
    return true
  }

  /// Sets which texts stand for missing values, as they show in columns of numbers and dates.
  private static func missing(_ format: inout TableFormat, _ surveys: [Int: ColumnSurvey]) -> Bool {
    for survey in surveys.values where survey.kind != .category {
      format.missing.formUnion(survey.sightings[.absent]?.texts ?? [])
    }
    return !format.missing.isEmpty
  }
}

extension String {
  /// Whether columns to be predicted are often named so.
  fileprivate var namesTarget: Bool {
    ["target", "label", "labels", "class", "y", "outcome", "response", "output"]
      .contains(lowercased())
  }

  /// Whether columns that tell rows apart are named so.
  fileprivate var namesRows: Bool {
    let name = lowercased()
    return ["id", "index", "key", "uuid", "guid", "no", "nr", "row", "rownames"].contains(name)
      || ["_id", "-id", " id"].contains { name.hasSuffix($0) } || name.hasPrefix("id_")
      || hasSuffix("Id") || hasSuffix("ID") || name.hasPrefix("unnamed: ")
  }
}
