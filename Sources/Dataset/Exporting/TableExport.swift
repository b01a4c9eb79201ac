internal import Artifacts
internal import Diagnostics
internal import Network
internal import Tensor
internal import YAML

/// Writes rows as a table.
struct TableExport {
  private let rows: ExportRows
  private let format: ExportFormat
  private var columns: [ExportColumn] = []

  /// How many values of columns by their names could not be given back as they were.
  private var losses: [String: Loss] = [:]

  private struct Loss {
    var noDates = 0
    var moved = 0
    var unknown = 0
    var full = 0
  }

  /// - Parameter withSplit: Whether a column tells each row's split.
  init(_ rows: ExportRows, as format: ExportFormat, withSplit: Bool) throws(Diagnostic) {
    self.rows = rows
    self.format = format
    for (index, feature) in rows.features.enumerated() { try add(feature, index) }
    if let target = rows.target, let place = rows.targetPlace { add(target, place) }
    if let place = rows.weightPlace {
      add(
        ExportColumn(
          name: "weight", source: .element(column: place, 0), kind: .number(.float32)))
    }
    if withSplit {
      add(
        ExportColumn(
          name: "split", source: .split, kind: .number(.int32),
          texts: SplitName.allCases.map(\.rawValue)))
    }
  }

  /// Adds a column, whose name gets a `_` where another has it.
  private mutating func add(_ column: ExportColumn) {
    var column = column
    column.name = column.name.avoiding(Set(columns.map(\.name)))
    columns.append(column)
  }

  private mutating func add(_ feature: Feature, _ index: Int) throws(Diagnostic) {
    let place = rows.place(of: index)
    let names = feature.elements
    if feature.kind == .category, feature.type == .int32, feature.width == 1 {
      return add(
        ExportColumn(
          name: names.first ?? feature.name, source: .element(column: place, 0),
          kind: .number(.int32), texts: feature.categories, isNullable: true))
    }
    if let column = recovered(feature, place) { return add(column) }
    if names.count == feature.width || feature.width == 1 {
      for element in 0..<feature.width {
        add(
          ExportColumn(
            name: names.count == feature.width ? names[element] : feature.name,
            source: .element(column: place, element), kind: .number(feature.type),
            step: feature.width, isNullable: feature.type == .float32))
      }
      return
    }
    guard format == .parquet else {
      throw Diagnostic(
        "'\(feature.name)' has \(feature.width) values in each row, and a CSV table has no column for "
          + "that",
        remedy: feature.isPicture ? "write it with --to parquet or --to images" : "use --to parquet"
      )
    }
    if feature.isPicture {
      add(
        ExportColumn(
          name: feature.name, source: .pictures(column: place), kind: .file, isNullable: true))
    } else {
      add(
        ExportColumn(
          name: feature.name, source: .element(column: place, 0), kind: .number(feature.type),
          width: feature.width, shape: feature.shape.count > 1 ? feature.shape : []))
    }
  }

  /// The column of texts or dates that the feature's numbers were made of, where they tell it.
  private func recovered(_ feature: Feature, _ place: Int) -> ExportColumn? {
    guard !rows.isPrepared else { return nil }
    let name = feature.columns.first ?? feature.name
    if let form = feature.text, feature.type == .int32 {
      return ExportColumn(
        name: name, source: .texts(column: place, TextRecovery(form)), kind: .text,
        isNullable: true)
    }
    guard feature.kind == .date, feature.type == .float32, !rows.isScaled,
      let dates = DateRecovery(feature.parts)
    else { return nil }
    return ExportColumn(
      name: name, source: .dates(column: place, dates), kind: dates.kind, isNullable: true)
  }

  private mutating func add(_ target: Target, _ place: Int) {
    if target.task == .classification {
      return add(
        ExportColumn(
          name: target.name, source: .element(column: place, 0), kind: .number(.int64),
          texts: target.classes))
    }
    if target.task == .multiLabel, target.columns.isEmpty {
      return add(
        ExportColumn(
          name: target.name, source: .labels(column: place),
          kind: format == .csv ? .text : .texts))
    }
    let names = target.elements
    for element in 0..<target.width {
      add(
        ExportColumn(
          name: names.count == target.width ? names[element] : target.name,
          source: .element(column: place, element), kind: .number(target.type),
          step: target.width, isNullable: target.type == .float32))
    }
  }

  /// Writes the rows of some splits into one file.
  mutating func write(_ splits: [SplitName], to path: String) throws {
    let file = try ExportFileWriter(path: path, format: format, columns: columns, notes: notes)
    for split in splits {
      try rows.forEachBlock(of: split) { count, ids, values in
        var columns: [ExportValues] = []
        for column in self.columns {
          columns.append(try self.values(of: column, split, ids, values, by: path + ".png"))
        }
        try file.append(rows: count, columns)
      }
    }
    try file.finish()
    try Folder.remove(path + ".png")
  }

  private mutating func values(
    of column: ExportColumn, _ split: SplitName, _ ids: [Int64], _ values: [ColumnValues],
    by place: String
  ) throws -> ExportValues {
    switch column.source {
    case .element(let column, let element): return .numbers(values[column], element: element)
    case .split:
      let code = SplitName.allCases.firstIndex(of: split) ?? 0
      return .numbers(
        .int32([Int32](repeating: Int32(code), count: ids.count)), element: 0)
    case .pictures(let column):
      let feature = rows.features[column - 1]
      var files = ExportedFiles()
      for (row, id) in ids.enumerated() {
        let file = try PictureFile(feature, values[column], row: row)
        files.append(try file.bytes(by: place), named: PictureFile.name(of: id))
      }
      return .files(files)
    case .texts(let stored, let recovery):
      return .texts(texts(values[stored], recovery, column.name, rows: ids.count))
    case .dates(let stored, let recovery):
      return .numbers(dates(values[stored], recovery, column, rows: ids.count), element: 0)
    case .labels(let stored): return .texts(labels(values[stored], column, rows: ids.count))
    }
  }
}

extension TableExport {
  private mutating func texts(
    _ values: ColumnValues, _ recovery: TextRecovery, _ name: String, rows: Int
  ) -> ExportedTexts {
    var texts = ExportedTexts()
    guard case .int32(let ids) = values, rows > 0 else { return texts }
    let width = ids.count / rows
    var loss = losses[name] ?? Loss()
    for row in 0..<rows {
      let found = recovery.text(of: ids[row * width..<(row + 1) * width])
      texts.append(found.text)
      loss.unknown += found.hasUnknown ? 1 : 0
      loss.full += found.isFull ? 1 : 0
    }
    losses[name] = loss
    return texts
  }

  private mutating func dates(
    _ values: ColumnValues, _ recovery: DateRecovery, _ column: ExportColumn, rows: Int
  ) -> ColumnValues {
    guard case .float32(let numbers) = values, rows > 0 else { return values }
    let width = numbers.count / rows
    var loss = losses[column.name] ?? Loss()
    let found = (0..<rows).map { row -> Int64? in
      let own = numbers[row * width..<(row + 1) * width]
      let value = recovery.value(of: own)
      if value == nil, !own.allSatisfy(\.isNaN) { loss.noDates += 1 }
      if value?.isMoved ?? false { loss.moved += 1 }
      return value?.value
    }
    losses[column.name] = loss
    return column.kind == .moment
      ? .int64(found.map { $0 ?? .min }) : .int32(found.map { $0.map(Int32.init) ?? .min })
  }

  private func labels(_ values: ColumnValues, _ column: ExportColumn, rows: Int) -> ExportedTexts {
    var texts = ExportedTexts()
    guard case .uint8(let indicators) = values, let target = self.rows.target else { return texts }
    let width = target.width
    for row in 0..<rows {
      let own = zip(target.classes, indicators[row * width..<(row + 1) * width])
        .filter { $0.1 == 1 }.map(\.0)
      if column.kind == .texts {
        texts.append(own)
      } else {
        texts.append(own.joined(separator: target.textSeparator))
      }
    }
    return texts
  }

  /// What the table does not give as the source had it, for people.
  var remarks: [String] {
    columns.flatMap { column -> [String] in
      let loss = losses[column.name] ?? Loss()
      switch column.source {
      case .texts(_, let recovery):
        var words = "'\(column.name)' has of each text its \(recovery.words)"
        if loss.full > 0 { words += "; \(loss.full.counted("text")) may have been longer" }
        if loss.unknown > 0 {
          words +=
            "; in \(loss.unknown.counted("text")) \u{fffd} stands for what the vocabulary lacks"
        }
        return [words]
      case .dates:
        var words: [String] = []
        if loss.moved > 0 {
          words.append(
            "'\(column.name)' is in UTC, by which \(loss.moved.counted("row")) \(loss.moved == 1 ? "was" : "were") not written"
          )
        }
        guard loss.noDates > 0 else { return words }
        return words + [
          "'\(column.name)' is missing in \(loss.noDates.counted("row")), whose numbers are those of no "
            + "date; --prepared writes the numbers"
        ]
      default: return []
      }
    }
  }

  /// What Hugging Face's datasets read: which columns are pictures; and the shapes of lists.
  private var notes: [String: String] {
    var notes: [String: String] = [:]
    let shapes = columns.filter { !$0.shape.isEmpty }
      .map { ($0.name, Value.array($0.shape.map(Value.int))) }
    if !shapes.isEmpty {
      notes["anneal:shapes"] =
        Value.object(Dictionary(shapes) { first, _ in first }).canonicalJSON
    }
    guard columns.contains(where: { $0.kind == .file }) else { return notes }
    let features = Dictionary(columns.map { ($0.name, $0.huggingFaceFeature) }) { first, _ in
      first
    }
    notes["huggingface"] =
      Value.object(["info": ["features": .object(features)]]).canonicalJSON
    return notes
  }
}

extension Feature {
  /// Whether its rows are pictures of grey or RGB bytes that came from files.
  var isPicture: Bool { kind == .image && type == .uint8 && [1, 3].contains(shape.first ?? 0) }
}
