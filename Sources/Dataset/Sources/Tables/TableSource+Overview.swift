internal import Diagnostics
internal import Network

extension TableSource {
  /// A line for each column: what it holds, what it is used for, and what its values are. Many columns in a
  /// row that are alike share one.
  package func overview() throws -> DataOverview {
    let columns = Array(header.names.indices)
    let surveys = try surveyColumns(columns)
    let varieties = try varieties(of: columns)
    var lines: [(names: [String], cells: [String], isSummed: Bool)] = []
    for column in columns {
      guard let survey = surveys[column] else { continue }
      let use = use(of: column)
      let name = header.names[column]
      let isSummed = (use.feature?.columns.count ?? 0) > Self.mostListed
      let isTarget = schema?.targetColumns.contains(column) ?? false
      let surveyed = SurveyedColumn(
        name, at: header.place, isTarget ? .target : .feature, survey, kind: use.columnKind)
      let variety = varieties[column] ?? 0
      let cells = [
        use.kind ?? survey.kind.rawValue, use.words,
        survey.missing == 0 ? "" : "\(survey.missing)", Self.text(variety: variety),
        Self.range(of: survey), Self.examples(of: survey), surveyed.hint(variety: variety),
      ]
      if isSummed, let last = lines.last, last.isSummed, last.cells[..<2] == cells[..<2] {
        lines[lines.count - 1].names.append(name)
      } else {
        lines.append(([name], cells, isSummed))
      }
    }
    return DataOverview(
      headings: [
        "column", "kind", "used as", "missing", "different", "range", "examples", "hint",
      ],
      rows: lines.map { names, cells, _ in
        guard names.count > 1, let last = names.last else { return names + cells }
        return ["\(names[0]) … \(last)", cells[0], "\(cells[1]), \(names.count) columns"]
          + cells.dropFirst(2).map { _ in "" }
      })
  }

  /// Columns of features of more than this are not listed one by one.
  private static let mostListed = 40

  private struct Use {
    var kind: String?
    var words: String
    var feature: Feature?

    /// What the column is taken for; nil where its values tell.
    var columnKind: ColumnKind?
  }

  private func use(of column: Int) -> Use {
    let name = header.names[column]
    if let target, schema?.targetColumns.contains(column) ?? false {
      let count = target.classes.count
      switch target.task {
      case .regression:
        let others = target.width > 1 ? ", one of \(target.width) amounts" : ", an amount"
        return Use(kind: "number", words: "target" + others, columnKind: .number)
      case .classification:
        return Use(
          kind: "category", words: "target of \(count.counted("class", "classes"))",
          columnKind: .category)
      case .multiLabel where target.columns.isEmpty:
        return Use(kind: "labels", words: "target of \(count.counted("label"))")
      case .multiLabel: return Use(kind: "label", words: "target, one of \(count.counted("label"))")
      }
    }
    if column == schema?.weightColumn { return Use(words: "weight") }
    if column == schema?.groupColumn { return Use(words: "group") }
    if column == schema?.splitColumn { return Use(words: "split") }
    let owner = schema?.inputs.first { $0.columns.contains(column) }?.feature
    guard let owner else {
      return Use(words: column == schema?.timeColumn ? "order in time" : "left out")
    }
    let isOwn = owner.columns == [name] && owner.name == name
    let parts = owner.parts.map(\.rawValue).joined(separator: ", ")
    let words = isOwn ? "feature" : "feature '\(owner.name)'"
    return Use(
      kind: owner.kind.traits.noun, words: parts.isEmpty ? words : "\(words): \(parts)",
      feature: owner,
      columnKind: owner.text != nil
        ? .text : owner.kind == .date ? .date : owner.kind.traits.holdsCodes ? .category : .number)
  }

  /// The least and the greatest number.
  private static func range(of survey: ColumnSurvey) -> String {
    guard let range = survey.range else { return "" }
    return range.lowerBound == range.upperBound
      ? text(range.lowerBound) : "\(text(range.lowerBound)) to \(text(range.upperBound))"
  }

  private static func examples(of survey: ColumnSurvey) -> String {
    survey.examples.isEmpty
      ? survey.first.map(text) ?? ""
      : survey.examples.map { example in
        let labels = example.split(separator: Target.listSeparator)
        return example.contains(Target.listSeparator)
          ? "[\(labels.joined(separator: ", "))]" : example
      }.joined(separator: ", ")
  }

  private static func text(variety: Int) -> String {
    variety > mostCounted ? "more than \(mostCounted)" : "\(variety)"
  }

  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
