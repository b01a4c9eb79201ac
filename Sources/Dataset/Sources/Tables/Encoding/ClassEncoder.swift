internal import Diagnostics

/// Encodes a class as its code.
struct ClassEncoder: TargetEncoder {
  private let base: Target
  private let column: Int
  private let name: String
  private let isSettled: Bool
  private var index: CategoryIndex

  /// How many rows there are so far.
  private var rows = 0

  init(_ target: Target, column: Int, of header: TableHeader, isSettled: Bool) {
    base = target
    self.column = column
    name = header.names[column]
    self.isSettled = isSettled
    index = CategoryIndex(known: isSettled ? target.classes : nil)
  }

  var requests: [ColumnRequest] { [ColumnRequest(column, as: .codes)] }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    guard case .codes(let cells)? = columns.first else { return }
    func problem(_ entry: CodeColumn.Entry) -> String? {
      guard entry.cell != .missing else { return "the target '\(base.name)' is missing" }
      guard let text = text(of: entry) else { return entry.field.notText(in: name) }
      return isSettled && !index.knows(text)
        ? "'\(text)' is no class of '\(base.name)' that the model knows" : nil
    }
    problems.add(cells, where: { problem($0) != nil }) { problem($0) ?? "" }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues {
    guard case .codes(let cells)? = columns.first else { return .int64([]) }
    self.rows += rows.count
    let texts = Dictionary(cells.entries.map { ($0.field, text(of: $0)) }) { first, _ in first }
    return .int64(index.codes(of: cells, rows) { texts[$0.field] ?? nil }.map(Int64.init))
  }

  /// The text of a class: that of a whole number without decimals, so that 1 and 1.0 are one class.
  private func text(of entry: CodeColumn.Entry) -> String? {
    guard let text = entry.text else { return nil }
    guard case .number(let number) = entry.cell, number == number.rounded(), abs(number) < 1e15,
      !Cell.hasLeadingZero(Cell.trimmed(entry.field[...])), !(isSettled && index.knows(text))
    else { return text }
    return "\(Int64(number))"
  }

  var target: Target {
    var target = base
    target.classes = index.sorted
    return target
  }

  func settled(_ values: ColumnValues) -> ColumnValues { .int64(labels(values).map(Int64.init)) }

  func describe(_ values: ColumnValues, in facts: inout RowFacts) { facts.labels = labels(values) }

  private func labels(_ values: ColumnValues) -> [Int32] {
    switch values {
    case .int32(let codes): index.ranked(codes)
    case .int64(let codes): index.ranked(codes.map { Int32($0) })
    case .uint8, .float32: []
    }
  }

  var failure: Diagnostic? {
    index.isFull ? TextIndex.tooMany("the target '\(base.name)'") : nil
  }

  func review(at place: SourceRange) -> LabelReview? {
    LabelReview(.target, base.name, at: place, texts: index.sorted, rows: rows)
  }
}
