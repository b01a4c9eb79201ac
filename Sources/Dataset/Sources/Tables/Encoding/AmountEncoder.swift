internal import Diagnostics

/// Encodes an amount, which is a finite number.
struct AmountEncoder: TargetEncoder {
  let target: Target
  private let column: Int
  private let name: String
  private var rounding = FloatRounding()

  init(_ target: Target, column: Int, of header: TableHeader) {
    self.target = target
    self.column = column
    name = header.names[column]
  }

  var requests: [ColumnRequest] { [ColumnRequest(column, as: .numbers)] }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    guard case .numbers(let cells)? = columns.first else { return }
    for remark in cells.remarks where remark.kind != .leadingZero {
      problems.add(remark.row, "\(remark.field.quoted(in: name)) is not a finite number")
    }
    guard cells.facts.missing > 0 else { return }
    for row in 0..<batch.rows where cells.values[row].isNaN {
      problems.add(row, "the target '\(target.name)' is missing")
    }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues {
    guard case .numbers(let cells)? = columns.first else { return .float32([]) }
    var values: [Float] = []
    values.reserveCapacity(rows.count)
    rows.forEach { row in
      values.append(Float(cells.values[row]))
      rounding.add(cells.values[row])
    }
    return .float32(values)
  }

  func settled(_ values: ColumnValues) -> ColumnValues { values }
  func labels(_ values: ColumnValues) -> [Int32] { [] }
  var failure: Diagnostic? { nil }
  func review(at place: SourceRange) -> LabelReview? { nil }

  func roundingProblem(at place: SourceRange) -> Diagnostic? {
    rounding.problem(ofTarget: target.name, at: place)
  }
}
