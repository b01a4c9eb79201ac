internal import YAML

/// Writes answers as text, a part at a time.
struct AnswerText {
  private let format: AnswerFormat
  private let columns: [String]
  private let isClassification: Bool

  /// What a row is called by: `file`, `row`, both or nothing.
  private let names: [String]

  /// Rows of formats that are written as a whole.
  private var held: [AnsweredRow] = []
  private var hasBegun = false

  /// - Parameters:
  ///   - columns: what rows bring along.
  ///   - names: what tells rows apart.
  init(_ format: AnswerFormat, columns: [String], names: [String], isClassification: Bool) {
    self.format = format
    self.columns = columns
    self.isClassification = isClassification
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
    return own
      + ["prediction", isClassification ? "probability" : nil].compactMap { $0 }.map { name in
        own.contains(name) ? name + "_2" : name
      }
  }

  private func cells(_ row: AnsweredRow) -> [String] {
    let told = names.map { row.name[$0]?.string ?? row.name[$0]?.canonicalJSON ?? "" }
    let probability = isClassification ? [row.probability.map { "\(Float($0))" } ?? ""] : []
    return told + row.cells + [row.prediction { "\(Float($0))" }] + probability
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
      let prediction = row.problem == nil ? row.prediction { MetricsText.text($0) } : "-"
      let cells = told + row.cells + [prediction]
      guard isClassification else { return cells }
      return cells + [row.probability.map { "\(($0 * 1000).rounded() / 10)%" } ?? ""]
    }
    return TextTable(
      headings: headings, rows: rows, rightAligned: isClassification ? [headings.count - 1] : [])
  }
}
