internal import Dataset
internal import Options
internal import YAML

/// Makes values missing that stand for that.
struct SentinelMarks {
  private let step: MarkMissing
  private let columns: ColumnChoice

  init(_ sentinels: [Clean.Constant], _ columns: ColumnChoice) {
    var elements: [String: [Int]] = [:]
    for column in columns.numbers { elements[column.feature, default: []].append(column.element) }
    let codes = columns.categories.map { feature in
      let codes = feature.categories.indices.filter { index in
        sentinels.contains { $0.isWritten(feature.categories[index]) }
      }
      return (feature.name, codes.map(Int32.init))
    }
    step = MarkMissing(
      numbers: sentinels.compactMap(\.number).map { Float($0) }, elements: elements,
      codes: Dictionary(codes.filter { !$0.1.isEmpty }) { first, _ in first })
    self.columns = columns
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    let step = step
    var marked = ColumnTally()
    for split in data.splits {
      try data.forEachBlock(in: split) { block in
        let after = step.apply(to: block)
        for (before, now) in zip(columns.missing(in: block), columns.missing(in: after)) {
          marked.add(now.count - before.count, of: now.name, in: split)
        }
      }
    }
    var fitted = FittedStep(
      metrics: ["marked": marked.totals(data.splits)], changing: marked.splits
    ) { step.apply(to: $0) }
    fitted.applied = [step]
    return fitted
  }
}

extension Clean.Constant {
  fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// Whether a category's text says the same.
  fileprivate func isWritten(_ text: String) -> Bool {
    switch self {
    case .number(let number): Double(text) == number
    case .text(let own): own == text
    }
  }
}
