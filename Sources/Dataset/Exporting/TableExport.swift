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

  /// - Parameter withSplit: Whether a column tells each row's split.
  init(_ rows: ExportRows, as format: ExportFormat, withSplit: Bool) throws(Diagnostic) {
    self.rows = rows
    self.format = format
    for (index, feature) in rows.features.enumerated() { try add(feature, index) }
    if let target = rows.target, let place = rows.targetPlace { try add(target, place) }
    if let place = rows.weightPlace {
      add(
        ExportColumn(name: "weight", source: .element(column: place, 0), type: .float32))
    }
    if withSplit {
      add(
        ExportColumn(
          name: "split", source: .split, type: .int32, texts: SplitName.allCases.map(\.rawValue)))
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
          name: names.first ?? feature.name, source: .element(column: place, 0), type: .int32,
          texts: feature.categories, isNullable: true))
    }
    if names.count == feature.width || feature.width == 1 {
      for element in 0..<feature.width {
        add(
          ExportColumn(
            name: names.count == feature.width ? names[element] : feature.name,
            source: .element(column: place, element), type: feature.type, step: feature.width,
            isNullable: feature.type == .float32))
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
          name: feature.name, source: .pictures(column: place), type: .uint8,
          isNullable: true))
    } else {
      add(
        ExportColumn(
          name: feature.name, source: .element(column: place, 0), type: feature.type,
          width: feature.width))
    }
  }

  private mutating func add(_ target: Target, _ place: Int) throws(Diagnostic) {
    if target.task == .classification {
      add(
        ExportColumn(
          name: target.name, source: .element(column: place, 0), type: .int64,
          texts: target.classes))
      return
    }
    let names = target.elements
    for element in 0..<target.width {
      add(
        ExportColumn(
          name: names.count == target.width ? names[element] : target.name,
          source: .element(column: place, element), type: target.type, step: target.width,
          isNullable: target.type == .float32))
    }
  }

  /// Writes the rows of some splits into one file.
  func write(_ splits: [SplitName], to path: String) throws {
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

  private func values(
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
    }
  }

  /// What Hugging Face's datasets read: which columns are pictures.
  private var notes: [String: String] {
    var features: [String: Value] = [:]
    for column in columns {
      if case .pictures = column.source { features[column.name] = ["_type": "Image"] }
    }
    guard !features.isEmpty else { return [:] }
    for column in columns where features[column.name] == nil {
      let type: Value = column.texts == nil ? .string(column.type.rawValue) : "string"
      features[column.name] = ["_type": "Value", "dtype": type]
      if column.width > 1 {
        features[column.name] = [
          "_type": "List", "length": .int(column.width),
          "feature": .object(["_type": "Value", "dtype": type]),
        ]
      }
    }
    return ["huggingface": Value.object(["info": ["features": .object(features)]]).canonicalJSON]
  }
}

extension Feature {
  /// Whether its rows are pictures of grey or RGB bytes that came from files.
  var isPicture: Bool { kind == .image && type == .uint8 && [1, 3].contains(shape.first ?? 0) }
}
