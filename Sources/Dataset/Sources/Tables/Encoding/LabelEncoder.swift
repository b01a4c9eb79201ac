internal import Diagnostics

/// Encodes the labels of a text that holds any number of them, such as `sea|sun`.
///
/// What stands between them is found once all rows were read, unless it is said; until then rows have the
/// code of their whole text.
struct LabelEncoder: TargetEncoder {
  private let base: Target
  private let column: Int
  private let name: String
  private let isSettled: Bool
  private var texts = TextIndex()
  private var isFull = false

  /// For each text how many rows have it.
  private var counts: [Int] = []

  /// What people write between labels, the likelier first.
  private static let separators = ["|", ";", ",", "/", " "]

  init(_ target: Target, column: Int, of header: TableHeader, isSettled: Bool) {
    base = target
    self.column = column
    name = header.names[column]
    self.isSettled = isSettled
  }

  /// Whether cells are lists.
  private var isList: Bool { base.separator == Target.listSeparator }

  /// What stands for a label of a list that is missing.
  private static let missing = "\u{2400}"

  private func labels(of text: String) -> [String] { Self.labels(text, base.separator) }

  var requests: [ColumnRequest] { [ColumnRequest(column, as: .codes)] }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    guard case .codes(let cells)? = columns.first else { return }
    let known = Set(base.classes)
    func problem(_ entry: CodeColumn.Entry) -> String? {
      guard let text = entry.text else { return entry.field.notText(in: name) }
      if isList {
        // A list without labels is no empty text.
        if text.isEmpty { return "the target '\(base.name)' is missing" }
        if labels(of: text).contains(Self.missing) { return "a label of '\(base.name)' is missing" }
      } else if text.isEmpty {
        return nil
      }
      if entry.cell == .missing { return "the target '\(base.name)' is missing" }
      guard isSettled else { return nil }
      return Self.labels(text, base.separator).first { !known.contains($0) }
        .map { "'\($0)' is no label of '\(base.name)' that the model knows" }
    }
    problems.add(cells, where: { problem($0) != nil }) { problem($0) ?? "" }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues {
    guard case .codes(let cells)? = columns.first else {
      return isSettled ? .uint8([]) : .int64([])
    }
    let taken = rows.picked(cells.codes)
    guard !isSettled else {
      let sets = cells.entries.map { indicators($0.text ?? "", base) }
      return .uint8(taken.flatMap { sets[Int($0)] })
    }
    var codes = [Int64](repeating: -1, count: cells.entries.count)
    return .int64(
      taken.map { place in
        let place = Int(place)
        if codes[place] < 0 { codes[place] = code(of: cells.entries[place].text ?? "") }
        let code = codes[place]
        if counts.indices.contains(Int(code)) { counts[Int(code)] += 1 }
        return code
      })
  }

  private mutating func code(of text: String) -> Int64 {
    guard !isFull, let code = texts.code(of: text) else {
      isFull = true
      return 0
    }
    if Int(code) == counts.count { counts.append(0) }
    return Int64(code)
  }

  var encoded: Target {
    isSettled ? base : Target(name: base.name, task: .classification, classes: texts.texts)
  }

  var target: Target {
    guard !isSettled else { return base }
    var target = base
    target.separator = base.separator ?? found
    let labels = Set(texts.texts.flatMap { Self.labels($0, target.separator) })
    target.classes = labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return target
  }

  func settled(_ values: ColumnValues) -> ColumnValues {
    guard case .int64(let codes) = values else { return values }
    let target = target
    let sets = texts.texts.map { indicators($0, target) }
    return .uint8(codes.flatMap { sets[Int($0)] })
  }

  func describe(_ values: ColumnValues, in facts: inout RowFacts) {
    facts.labelSets = LabelSets(indicators: settled(values), width: target.width)
  }

  var decisions: [String] {
    guard !isSettled else { return [] }
    let target = target
    var decisions = ["'\(base.name)' has \(target.classes.count.counted("label"))"]
    if base.separator == nil {
      let rows = target.separator.map { mark in
        zip(texts.texts, counts).filter { $0.0.contains(mark) }.reduce(0) { $0 + $1.1 }
      }
      decisions[0] +=
        target.separator.map {
          ", with '\($0)' between them as in \((rows ?? 0).counted("row")); 'separator' says otherwise"
        } ?? ", of which no row has more than one; 'separator' says what stands between them"
    }
    if isList {
      decisions[0] = "'\(base.name)' holds lists of \(target.classes.count.counted("label"))"
    }
    let none = zip(texts.texts, counts).filter { Self.labels($0.0, target.separator).isEmpty }
      .reduce(0) { $0 + $1.1 }
    if none > 0 {
      decisions[0] += "; \(none.counted("row")) \(none == 1 ? "has" : "have") no label"
    }
    return decisions
  }

  var failure: Diagnostic? {
    if isFull { return TextIndex.tooMany("the target '\(base.name)'") }
    guard isSettled || !target.classes.isEmpty else {
      return Diagnostic(
        "no row has a label in the column '\(name)'", remedy: "name a column that holds labels")
    }
    if isList, !isSettled, let number = target.classes.first(where: Self.isAmount) {
      return Diagnostic(
        "the lists of the column '\(name)' hold amounts such as \(number), which are no labels",
        remedy: "`target: \(name)_*` predicts the numbers of lists of one length")
    }
    return nil
  }

  /// Whether a label is a number that is not whole.
  private static func isAmount(_ label: String) -> Bool {
    guard let number = Cell.number(Array(label.utf8)[...]) else { return false }
    return number.rounded() != number || !number.isFinite
  }

  /// The mark that stands in the texts of the most rows, the likelier of several.
  private var found: String? {
    let rows = Self.separators.map { mark in
      zip(texts.texts, counts).filter { $0.0.contains(mark) }.reduce(0) { $0 + $1.1 }
    }
    // Blanks and commas stand within labels too, where another mark parts them.
    return zip(Self.separators, rows).first { $0.1 > 0 }?.0
  }

  private static func labels(_ text: String, _ separator: String?) -> [String] {
    let parts = separator.map { text.split(separator: $0).map(String.init) } ?? [text]
    return parts.map(\.trimmingBlanks).filter { !$0.isEmpty }
  }

  private func indicators(_ text: String, _ target: Target) -> [UInt8] {
    let own = Set(Self.labels(text, target.separator))
    return target.classes.map { own.contains($0) ? 1 : 0 }
  }
}
