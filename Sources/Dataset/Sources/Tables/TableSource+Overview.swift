internal import Diagnostics
internal import Network

extension TableSource {
  /// A line for each column: what it holds, what it is used for, and what its values are. Many columns in a
  /// row that are alike share one.
  package func overview() throws -> DataOverview {
    let surveys = try surveyColumns(Array(header.names.indices))
    var lines: [(names: [String], cells: [String], isSummed: Bool)] = []
    for column in header.names.indices {
      guard let survey = surveys[column] else { continue }
      let use = use(of: column)
      let name = header.names[column]
      let isSummed = (use.feature?.columns.count ?? 0) > Self.mostListed
      let cells = [
        use.kind ?? survey.kind.rawValue, use.words,
        survey.missing == 0 ? "" : "\(survey.missing)", values(survey, use.texts),
      ]
      if isSummed, let last = lines.last, last.isSummed, last.cells[..<2] == cells[..<2] {
        lines[lines.count - 1].names.append(name)
      } else {
        lines.append(([name], cells, isSummed))
      }
    }
    return DataOverview(
      headings: ["column", "kind", "used as", "missing", "values"],
      rows: lines.map { names, cells, _ in
        guard names.count > 1, let last = names.last else { return names + cells }
        return ["\(names[0]) … \(last)", cells[0], "\(cells[1]), \(names.count) columns", "", ""]
      })
  }

  /// Columns of features of more than this are not listed one by one.
  private static let mostListed = 40

  private struct Use {
    var kind: String?
    var words: String
    var feature: Feature?

    /// How many different texts there are, where that is known.
    var texts: Int?
  }

  private func use(of column: Int) -> Use {
    let name = header.names[column]
    if let target, schema?.targetColumns.contains(column) ?? false {
      let count = target.classes.count
      switch target.task {
      case .regression:
        let others = target.width > 1 ? ", one of \(target.width) amounts" : ", an amount"
        return Use(kind: "number", words: "target" + others)
      case .classification:
        return Use(
          kind: "category", words: "target of \(count.counted("class", "classes"))", texts: count)
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
      feature: owner, texts: owner.categories.isEmpty ? nil : owner.categories.count)
  }

  private func values(_ survey: ColumnSurvey, _ known: Int?) -> String {
    var parts: [String] = []
    if let range = survey.range {
      parts.append(
        range.lowerBound == range.upperBound
          ? Self.text(range.lowerBound)
          : "\(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))")
    }
    if !survey.examples.isEmpty {
      let isAll = known.map { $0 <= survey.examples.count } ?? false
      parts.append(survey.examples.joined(separator: ", ") + (isAll ? "" : ", …"))
    }
    if let known, known > survey.examples.count { parts.append("\(known) different") }
    return parts.joined(separator: "; ")
  }

  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
