internal import Diagnostics

/// Encodes labels that have a column each, which says of every row whether it has the label.
struct IndicatorEncoder: TargetEncoder {
  let target: Target
  private let columns: [Int]

  init(_ target: Target, columns: [Int]) {
    self.target = target
    self.columns = columns
  }

  var requests: [ColumnRequest] { columns.map { ColumnRequest($0, as: .codes) } }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    for (name, column) in zip(target.columns, columns) {
      guard case .codes(let cells) = column else { continue }
      problems.add(cells, where: { $0.cell == .missing || Indicator($0) == nil }) { entry in
        entry.cell == .missing
          ? "the target '\(name)' is missing"
          : "\(entry.field.quoted(in: name)) is neither 0 nor 1, nor true or false"
      }
    }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues {
    let width = columns.count
    var values = [UInt8](repeating: 0, count: rows.count * width)
    for (place, column) in columns.enumerated() {
      guard case .codes(let cells) = column else { continue }
      let isSet = cells.entries.map { Indicator($0)?.isSet ?? false }
      var index = place
      rows.forEach { row in
        let code = cells.codes[row]
        if code >= 0, isSet[Int(code)] { values[index] = 1 }
        index += width
      }
    }
    return .uint8(values)
  }

  func describe(_ values: ColumnValues, in facts: inout RowFacts) {
    facts.labelSets = LabelSets(indicators: values, width: target.width)
  }
}

extension LabelSets {
  /// The labels of rows that have 1 for each that is theirs.
  init(indicators values: ColumnValues, width: Int) {
    self.init()
    guard case .uint8(let indicators) = values, width > 0 else { return }
    for start in stride(from: 0, to: indicators.count, by: width) {
      append((0..<width).filter { indicators[start + $0] == 1 }.map(Int32.init))
    }
  }
}
