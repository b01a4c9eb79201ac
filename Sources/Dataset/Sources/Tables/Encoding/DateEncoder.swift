internal import Network

/// Encodes dates as the numbers of their parts.
struct DateEncoder: FeatureEncoder {
  let feature: Feature
  private let column: Int
  private let name: String

  /// Whether a time of the day is enough.
  private let takesClock: Bool

  init(_ input: TableSchema.Input, of header: TableHeader) {
    feature = input.feature
    column = input.columns[0]
    name = header.names[column]
    takesClock = feature.parts.allSatisfy(\.isOfClock)
  }

  var requests: [ColumnRequest] { [ColumnRequest(column, as: .codes)] }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    guard case .codes(let cells)? = columns.first else { return }
    problems.add(cells, where: { $0.cell != .missing && date($0) == nil }) {
      "\($0.field.quoted(in: name)) is not a \(takesClock ? "time such as 08:30" : "date such as 2012-01-31")"
    }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues {
    guard case .codes(let cells)? = columns.first else { return .float32([]) }
    let missing = [Float](repeating: .nan, count: feature.width)
    let numbers = cells.entries.map { entry -> [Float] in
      guard entry.cell != .missing, let date = date(entry) else { return missing }
      return feature.parts.flatMap { $0.numbers(of: date) }.map { Float($0) }
    }
    var values: [Float] = []
    values.reserveCapacity(rows.count * feature.width)
    for code in rows.picked(cells.codes) { values += code < 0 ? missing : numbers[Int(code)] }
    return .float32(values)
  }

  private func date(_ entry: CodeColumn.Entry) -> CalendarDate? {
    let text = Cell.trimmed(entry.field[...])
    return CalendarDate(text) ?? (takesClock ? CalendarDate(clock: text) : nil)
  }
}
