internal import Diagnostics
internal import Network
internal import Tensor

extension TablePlan {
  /// The features, once the open columns were looked at.
  func schema(_ surveys: [Int: ColumnSurvey]) throws(Diagnostic) -> TableSchema {
    func kind(_ column: Int) -> ColumnKind { kinds[column] ?? self.kind(column, surveys[column]) }
    var schema = TableSchema(
      header: header, files: files, namedFiles: namedFiles, inputs: [])
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
      switch kind(column) {
      case .date: schema.inputs.append(date(name, column, surveys))
      case .text: schema.inputs.append(text(name, column, TextSettings()))
      case .number, .category: schema.inputs.append(input(name, .category, [column]))
      }
    }
    schema.target = try target(surveys)
    schema.targetColumns = targetColumns
    schema.groupColumn = groupColumn
    schema.splitColumn = splitColumn
    schema.weightColumn = weightColumn
    schema.timeColumn = timeColumn
    schema.isStratified = selection.isStratified
    if let timeColumn {
      guard kind(timeColumn) != .category else {
        throw header.problem(
          "the column '\(header.names[timeColumn])' holds texts, which put rows in no order of time",
          remedy: "name a column of dates such as 2012-01-31, or of numbers")
      }
      schema.hasNumericTimes = kind(timeColumn) == .number
    }
    return schema
  }

  private func input(
    _ feature: Declared, _ kinds: [ColumnKind], _ surveys: [Int: ColumnSurvey]
  ) throws(Diagnostic) -> TableSchema.Input {
    let declaration = feature.declaration
    let columns = feature.columns
    let kind = declaration.kind ?? Self.featureKind(of: kinds)
    if let files = declaration.files {
      return try self.files(declaration, files, columns)
    }
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
    return switch kind {
    case .date: date(declaration.name, columns[0], surveys, declaration.parts)
    case .text: text(declaration.name, columns[0], declaration.text ?? TextSettings())
    default: input(declaration.name, kind, columns)
    }
  }

  /// A feature that has a text or a date in it is of that kind.
  private static func featureKind(of columns: [ColumnKind]) -> FeatureKind {
    columns.contains(.text)
      ? .text : columns.contains(.category) ? .category : columns.contains(.date) ? .date : .numbers
  }

  private func input(_ name: String, _ kind: FeatureKind, _ columns: [Int]) -> TableSchema.Input {
    let feature = Feature(
      name: name, kind: kind, shape: [columns.count], type: kind.traits.type,
      columns: columns.map { header.names[$0] })
    return TableSchema.Input(feature: feature, columns: columns)
  }

  private func text(_ name: String, _ column: Int, _ settings: TextSettings) -> TableSchema.Input {
    var input = input(name, .text, [column])
    input.feature.text = settings.form
    input.feature.shape = [settings.length]
    input.mostTokens = settings.vocabulary
    return input
  }

  /// A feature of the images or sounds that a column names.
  private func files(
    _ declaration: FeatureDeclaration, _ files: DeclaredFiles, _ columns: [Int]
  ) throws(Diagnostic) -> TableSchema.Input {
    guard columns.count == 1 else {
      throw header.problem(
        "the files of '\(declaration.name)' are named by \(columns.count.counted("column"))",
        remedy: "declare one feature for each column")
    }
    var input = input(declaration.name, declaration.audio == nil ? .image : .audio, columns)
    input.feature.shape = declaration.audio?.shape ?? declaration.picture?.shape ?? []
    input.feature.type = declaration.audio == nil ? files.reader?.type ?? .uint8 : .float32
    input.feature.audio = declaration.audio
    input.root = files.root
    let table = self.files.first?.path.folderPath ?? ""
    input.feature.files = NamedFiles(
      root: files.root?.path.relative(to: table) ?? "", absent: files.absent,
      fit: files.reader?.fit ?? .cover, background: files.reader?.background)
    return input
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
