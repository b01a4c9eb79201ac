internal import Diagnostics
internal import Network
internal import Tensor

extension TablePlan {
  /// The features, once the open columns were looked at.
  func schema(_ surveys: [Int: ColumnSurvey]) throws(Diagnostic) -> TableSchema {
    func kind(_ column: Int) -> ColumnKind { kinds[column] ?? surveys[column]?.kind ?? .number }
    var schema = TableSchema(header: header, inputs: [])
    for feature in declared {
      schema.inputs.append(try input(feature, feature.columns.map(kind), surveys))
    }
    let single = undeclared.filter { kind($0) != .number }
    let numbers = undeclared.filter { kind($0) == .number }
    if !numbers.isEmpty {
      let name = "numbers".avoiding(Set(single.map { header.names[$0] }))
      schema.inputs.append(input(name, .numbers, numbers))
    }
    for column in single {
      let name = header.names[column]
      schema.inputs.append(
        kind(column) == .date
          ? date(name, column, surveys) : input(name, .category, [column]))
    }
    if let targetColumn {
      let surveyed = surveys[targetColumn].map { TargetChoice($0).task }
      let task = selection.task ?? surveyed ?? .classification
      schema.target = Target(name: header.names[targetColumn], task: task)
    }
    schema.targetColumn = targetColumn
    schema.groupColumn = groupColumn
    schema.splitColumn = splitColumn
    return schema
  }

  private func input(
    _ feature: Declared, _ kinds: [ColumnKind], _ surveys: [Int: ColumnSurvey]
  ) throws(Diagnostic) -> TableSchema.Input {
    let declaration = feature.declaration
    let columns = feature.columns
    let kind = declaration.kind ?? Self.featureKind(of: kinds)
    if !kind.traits.ranks.contains(1) {
      guard let picture = declaration.picture, picture.count == columns.count else {
        let picture = declaration.picture.map { "\($0.channels)x\($0.height)x\($0.width)" }
        throw header.problem(
          "the image '\(declaration.name)' of \(picture ?? "no size") has "
            + columns.count.counted("column"),
          remedy: "channels times height times width has to be the number of columns")
      }
      var input = input(declaration.name, kind, columns)
      input.feature.shape = picture.shape
      return input
    }
    if kind.traits.holdsCodes || kind == .date, columns.count != 1 {
      let names = columns.map { header.names[$0] }.prefix(4).joined(separator: ", ")
      var problem = header.problem(
        "the \(kind.traits.noun) '\(declaration.name)' has "
          + "\(columns.count.counted("column")): \(names)",
        remedy: "declare one feature for each column")
      if declaration.kind == nil {
        let reason = zip(columns, kinds).first { $0.1 != .number }.map { column, kind in
          let holds = kind == .date ? "dates" : "texts"
          return Note("the column '\(header.names[column])' holds \(holds)")
        }
        problem.notes += [reason].compactMap { $0 }
      }
      throw problem
    }
    return kind == .date
      ? date(declaration.name, columns[0], surveys, declaration.parts)
      : input(declaration.name, kind, columns)
  }

  /// A feature that has a text or a date in it is of that kind.
  private static func featureKind(of columns: [ColumnKind]) -> FeatureKind {
    columns.contains(.category) ? .category : columns.contains(.date) ? .date : .numbers
  }

  private func input(_ name: String, _ kind: FeatureKind, _ columns: [Int]) -> TableSchema.Input {
    let feature = Feature(
      name: name, kind: kind, shape: [columns.count], type: kind.traits.type,
      columns: columns.map { header.names[$0] })
    return TableSchema.Input(feature: feature, columns: columns)
  }

  private func date(
    _ name: String, _ column: Int, _ surveys: [Int: ColumnSurvey], _ parts: [DatePart] = []
  ) -> TableSchema.Input {
    let hasTime = (surveys[column]?.count(.moment) ?? 0) > 0
    var input = input(name, .date, [column])
    let usual =
      surveys[column]?.isClock ?? false
      ? DatePart.usualOfClock : hasTime ? DatePart.usualWithTime : DatePart.usual
    input.feature.parts = parts.isEmpty ? usual : parts
    input.feature.shape = [input.feature.elements.count]
    return input
  }
}
