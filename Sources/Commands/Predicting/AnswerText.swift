internal import Dataset
internal import YAML

/// Writes answers as text, a part at a time.
struct AnswerText {
  private let format: AnswerFormat
  private let columns: [String]
  private let target: Target

  /// What a row is called by: `file`, `row`, both or nothing.
  private let names: [String]

  /// Rows of formats that are written as a whole.
  private var held: [AnsweredRow] = []
  private var hasBegun = false

  /// - Parameters:
  ///   - columns: what rows bring along.
  ///   - names: what tells rows apart.
  ///   - target: what is answered.
  init(_ format: AnswerFormat, columns: [String], names: [String], target: Target) {
    self.format = format
    self.columns = columns
    self.target = target
    // A row that brings along what it has is told by that.
    let isTold = !columns.isEmpty && (format == .csv || format == .tsv)
    self.names = isTold ? names.filter { $0 != "row" } : names
  }

  /// The text of further rows, as far as it can be written already.
  mutating func add(_ rows: [AnsweredRow]) -> String {
    switch format {
    case .table, .json:
      held += rows
      return ""
    case .jsonl:
      return rows.map { $0.value(columns).canonicalJSON + "\n" }.joined()
    case .csv, .tsv:
      let start = hasBegun ? "" : line(headings)
      hasBegun = true
      return start + rows.map { line(cells($0)) }.joined()
    }
  }

  /// What is left to be written at the end.
  ///
  /// - Parameter width: the columns that a table may take.
  mutating func end(width: Int?) -> String {
    switch format {
    case .table: table.text(within: width) + "\n"
    case .json: Value.array(held.map { $0.value(columns) }).prettyJSON + "\n"
    case .csv, .tsv: add([])
    case .jsonl: ""
    }
  }

  private var headings: [String] {
    let own = names + columns
    return own + answerHeadings.map { name in own.contains(name) ? name + "_2" : name }
  }

  private var answerHeadings: [String] {
    switch target.task {
    case .classification: ["prediction", "probability"]
    case .regression where target.width == 1: ["prediction"]
    case .regression: target.valueNames.map { "prediction_" + $0 }
    case .multiLabel where format == .table: ["prediction"]
    case .multiLabel: ["prediction"] + target.classes.map { "probability_" + $0 }
    }
  }

  /// Cells with the digits that a 32-bit number has.
  private func cells(_ row: AnsweredRow) -> [String] {
    func text(_ number: Double) -> String { "\(Float(number))" }
    let told = names.map { row.name[$0]?.string ?? row.name[$0]?.canonicalJSON ?? "" }
    let own = told + row.cells
    switch target.task {
    case .classification:
      return own + [row.prediction(text), row.probability.map(text) ?? ""]
    case .regression where target.width == 1: return own + [row.prediction(text)]
    case .regression: return own + target.valueNames.map { row.prediction(of: $0, text) }
    case .multiLabel:
      return own + [row.prediction(separator: target.separator ?? "|", text)]
        + target.classes.map { row.probability(of: $0).map(text) ?? "" }
    }
  }

  private func line(_ cells: [String]) -> String {
    let delimiter: Character = format == .tsv ? "\t" : ","
    return cells.map { Self.field($0, delimiter) }.joined(separator: String(delimiter)) + "\n"
  }

  /// A field as RFC 4180 has it, in quotes where it needs them.
  private static func field(_ text: String, _ delimiter: Character) -> String {
    let needsQuotes = text.unicodeScalars.contains { scalar in
      "\"\r\n".unicodeScalars.contains(scalar) || delimiter.unicodeScalars.contains(scalar)
    }
    guard needsQuotes || text.first == " " || text.last == " " else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private var table: TextTable {
    let rows = held.map { row in
      let told = names.map { row.name[$0]?.string ?? row.name[$0]?.canonicalJSON ?? "" }
      return told + row.cells + tableAnswer(row)
    }
    return TextTable(
      headings: headings, rows: rows,
      rightAligned: target.task == .classification ? [headings.count - 1] : [])
  }

  private func tableAnswer(_ row: AnsweredRow) -> [String] {
    func percent(_ share: Double?) -> String {
      share.map { "\(($0 * 1000).rounded() / 10)%" } ?? ""
    }
    guard row.problem == nil else {
      return ["-"] + answerHeadings.dropFirst().map { _ in "" }
    }
    switch target.task {
    case .classification:
      return [row.prediction { MetricsText.text($0) }, percent(row.probability)]
    case .regression where target.width == 1: return [row.prediction { MetricsText.text($0) }]
    case .regression:
      return target.valueNames.map { row.prediction(of: $0) { MetricsText.text($0) } }
    case .multiLabel:
      let given = (row.answer?["prediction"]?.array ?? []).compactMap(\.string)
      return [given.map { "\($0) \(percent(row.probability(of: $0)))" }.joined(separator: ", ")]
    }
  }
}
