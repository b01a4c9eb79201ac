internal import Network

/// Turns the fields of one row into numbers and texts, or says what is wrong with them.
struct RowParser {
  /// A row's values in the order of the schema.
  struct Row {
    /// For each feature its numbers; NaN is missing. Empty for categories.
    var numbers: [[Double]] = []
    /// For each feature its text; nil is missing. Nil for all but categories.
    var texts: [String?] = []
    var target: Double = 0
    var label = ""
    var group = ""
    var split: SplitName?
  }

  let schema: TableSchema

  /// How the fields of each column are read.
  private let readers: [CellReader]
  private let holdsCodes: [Bool]

  init(_ schema: TableSchema, _ format: TableFormat) {
    self.schema = schema
    readers = format.readers(of: schema.header)
    holdsCodes = schema.inputs.map(\.feature.kind.traits.holdsCodes)
  }

  /// Reads a row into `row`; returns the problem with it, if there is one.
  func parse(_ record: borrowing Record, into row: inout Row) -> String? {
    row.numbers.removeAll(keepingCapacity: true)
    row.texts.removeAll(keepingCapacity: true)
    for (index, input) in schema.inputs.enumerated() {
      let problem =
        holdsCodes[index]
        ? parseCategory(record, input, &row)
        : input.feature.kind == .date
          ? parseDate(record, input, &row) : parseNumbers(record, input, &row)
      if let problem { return problem }
    }
    return parseTarget(record, &row) ?? parseGroup(record, &row) ?? parseSplit(record, &row)
  }

  private func parseNumbers(
    _ record: borrowing Record, _ input: TableSchema.Input, _ row: inout Row
  ) -> String? {
    var values: [Double] = []
    values.reserveCapacity(input.columns.count)
    for column in input.columns {
      switch readers[column].cell(record[column]) {
      case .missing: values.append(.nan)
      case .number(let number):
        if !Float(number).isFinite, number.isFinite || Cell.isDigits(record[column]) {
          return "\(quoted(record, column)) does not fit a 32-bit number"
        }
        values.append(number)
      case .text: return "\(quoted(record, column)) is not a number"
      }
    }
    row.numbers.append(values)
    row.texts.append(nil)
    return nil
  }

  private func parseDate(
    _ record: borrowing Record, _ input: TableSchema.Input, _ row: inout Row
  ) -> String? {
    let column = input.columns[0]
    row.texts.append(nil)
    if readers[column].cell(record[column]) == .missing {
      row.numbers.append([Double](repeating: .nan, count: input.feature.width))
      return nil
    }
    guard let date = CalendarDate(Cell.trimmed(record[column])) else {
      return "\(quoted(record, column)) is not a date such as 2012-01-31"
    }
    row.numbers.append(input.feature.parts.flatMap { $0.numbers(of: date) })
    return nil
  }

  private func parseCategory(
    _ record: borrowing Record, _ input: TableSchema.Input, _ row: inout Row
  ) -> String? {
    let column = input.columns[0]
    row.numbers.append([])
    if readers[column].cell(record[column]) == .missing {
      row.texts.append(nil)
      return nil
    }
    guard let text = record.text(column) else { return notText(record, column) }
    row.texts.append(text.trimmingBlanks)
    return nil
  }

  private func parseTarget(_ record: borrowing Record, _ row: inout Row) -> String? {
    guard let column = schema.targetColumn, let target = schema.target else { return nil }
    let cell = readers[column].cell(record[column])
    if cell == .missing { return "the target '\(target.name)' is missing" }
    if target.task == .classification {
      guard let text = record.text(column) else { return notText(record, column) }
      row.label = text.trimmingBlanks
      return nil
    }
    guard case .number(let number) = cell, Float(number).isFinite else {
      return "\(quoted(record, column)) is not a finite number"
    }
    row.target = number
    return nil
  }

  private func parseGroup(_ record: borrowing Record, _ row: inout Row) -> String? {
    guard let column = schema.groupColumn else { return nil }
    guard let text = record.text(column) else { return notText(record, column) }
    row.group = text.trimmingBlanks
    return row.group.isEmpty ? "the group '\(schema.header.names[column])' is missing" : nil
  }

  private func parseSplit(_ record: borrowing Record, _ row: inout Row) -> String? {
    guard let column = schema.splitColumn else { return nil }
    let text = (record.text(column) ?? "").trimmingBlanks
    row.split = SplitName(rawValue: text)
    let names = SplitName.allCases.map(\.rawValue).joined(separator: ", ")
    return row.split == nil ? "\(quoted(record, column)) is not one of \(names)" : nil
  }

  private func notText(_ record: borrowing Record, _ column: Int) -> String {
    let name = schema.header.names[column]
    return record[column].contains(0)
      ? "the field '\(name)' holds a zero byte, which no text has"
      : "the field '\(name)' is not UTF-8"
  }

  private func quoted(_ record: borrowing Record, _ column: Int) -> String {
    let text = String(decoding: record[column].prefix(40), as: UTF8.self)
    return "'\(text)' in the column '\(schema.header.names[column])'"
  }
}
