internal import Diagnostics

/// Encodes one of several texts as its code.
struct CategoryEncoder: FeatureEncoder {
  private let base: Feature
  private let column: Int
  private let name: String
  private var index: CategoryIndex

  init(_ input: TableSchema.Input, of header: TableHeader, isSettled: Bool) {
    base = input.feature
    column = input.columns[0]
    name = header.names[column]
    index = CategoryIndex(known: isSettled ? base.categories : nil)
  }

  var requests: [ColumnRequest] { [ColumnRequest(column, as: .codes)] }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems
  ) {
    guard case .codes(let cells)? = columns.first else { return }
    problems.add(cells, where: { $0.cell != .missing && $0.text == nil }) {
      $0.field.notText(in: name)
    }
  }

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues {
    guard case .codes(let cells)? = columns.first else { return .int32([]) }
    return .int32(index.codes(of: cells, rows) { $0.cell == .missing ? nil : $0.text })
  }

  var feature: Feature {
    var feature = base
    feature.categories = index.sorted
    return feature
  }

  func settled(_ values: ColumnValues) -> ColumnValues {
    guard case .int32(let codes) = values else { return values }
    return .int32(index.ranked(codes))
  }

  var failure: Diagnostic? {
    index.isFull ? TextIndex.tooMany("the category '\(base.name)'") : nil
  }

  func review(at place: SourceRange) -> LabelReview? {
    let texts = index.sorted
    guard !texts.isEmpty else { return nil }
    return LabelReview(.category, base.columns[0], at: place, texts: texts, rows: index.present)
  }

  func remarks(_ columns: [RawColumn], rows: Int) -> [Int: String] {
    guard case .codes(let cells)? = columns.first else { return [:] }
    let unknown = cells.entries.map { entry -> String? in
      guard entry.cell != .missing else { return nil }
      let text = entry.text ?? ""
      return index.knows(text)
        ? nil : "'\(text)' is no value of '\(name)' that the model knows, and counts as missing"
    }
    var remarks: [Int: String] = [:]
    for (row, code) in cells.codes.enumerated() where code >= 0 {
      if let remark = unknown[Int(code)] { remarks[row] = remark }
    }
    return remarks
  }
}

extension RowProblems {
  /// Finds the rows whose field is one of some entries.
  mutating func add(
    _ cells: CodeColumn, where isBad: (CodeColumn.Entry) -> Bool,
    _ problem: (CodeColumn.Entry) -> String
  ) {
    let problems = cells.entries.map { isBad($0) ? problem($0) : nil }
    guard problems.contains(where: { $0 != nil }) else { return }
    for (row, code) in cells.codes.enumerated() where code >= 0 {
      if let problem = problems[Int(code)] { add(row, problem) }
    }
  }
}
