/// Encodes how much each row counts.
struct WeightEncoder {
  private let column: Int
  private let name: String

  init(column: Int, of header: TableHeader) {
    self.column = column
    name = header.names[column]
  }

  var request: ColumnRequest { ColumnRequest(column, as: .numbers) }

  func inspect(_ columns: [RawColumn], _ problems: inout RowProblems) {
    guard case .numbers(let cells)? = columns.first else { return }
    for remark in cells.remarks where remark.kind != .leadingZero {
      problems.add(remark.row, "\(remark.field.quoted(in: name)) is not a finite number")
    }
    for row in 0..<cells.values.count where !(cells.values[row] >= 0) {
      let number = cells.values[row]
      problems.add(
        row,
        number.isNaN
          ? "the weight '\(name)' is missing" : "the weight \(number) in '\(name)' is below 0")
    }
  }

  func encode(_ columns: [RawColumn], _ rows: RowChoice) -> [Float] {
    guard case .numbers(let cells)? = columns.first else { return [] }
    var weights: [Float] = []
    weights.reserveCapacity(rows.count)
    rows.forEach { weights.append(Float(cells.values[$0])) }
    return weights
  }
}
