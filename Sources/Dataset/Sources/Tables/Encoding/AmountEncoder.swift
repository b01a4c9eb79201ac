internal import Diagnostics

/// Encodes amounts, which are finite numbers: one for each row, or several.
struct AmountEncoder: TargetEncoder {
  let target: Target
  private let columns: [Int]
  private let names: [String]
  private var roundings: [FloatRounding]

  init(_ target: Target, columns: [Int], of header: TableHeader) {
    self.target = target
    self.columns = columns
    names = columns.map { header.names[$0] }
    roundings = columns.map { _ in FloatRounding() }
  }

  var requests: [ColumnRequest] { columns.map { ColumnRequest($0, as: .numbers) } }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    for (name, column) in zip(names, columns) {
      guard case .numbers(let cells) = column else { continue }
      for remark in cells.remarks where remark.kind != .leadingZero {
        problems.add(remark.row, "\(remark.field.quoted(in: name)) is not a finite number")
      }
      guard cells.facts.missing > 0 else { continue }
      for row in 0..<batch.rows where cells.values[row].isNaN {
        problems.add(row, "the target '\(name)' is missing")
      }
    }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) throws -> ColumnValues {
    var cells: [NumberColumn] = []
    for case .numbers(let column) in columns { cells.append(column) }
    // What the native library learnt of all rows goes for them; else the rows that are taken tell.
    var native = rows.places == nil ? [] : roundings.map(\.native)
    let values = try Numbers.encoded(cells.map(\.values), at: rows.places, &native)
    for (place, column) in cells.enumerated() {
      if rows.places == nil {
        roundings[place].add(column.facts.rounding)
      } else {
        roundings[place] = FloatRounding(native[place])
      }
    }
    return .float32(values)
  }

  func describe(_ values: ColumnValues, in facts: inout RowFacts) {
    if columns.count == 1, case .float32(let numbers) = values { facts.values = numbers }
  }

  func roundingProblem(at place: SourceRange) -> Diagnostic? {
    zip(names, roundings).lazy.compactMap { $1.problem(ofTarget: $0, at: place) }.first
  }
}
