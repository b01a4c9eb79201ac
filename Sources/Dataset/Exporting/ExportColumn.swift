internal import CData
internal import Diagnostics
internal import Tensor
internal import YAML

/// A column of a table for other programs.
struct ExportColumn {
  enum Source {
    /// An element of the stored column at a place.
    case element(column: Int, Int)
    /// The pictures of the stored column at a place, as PNG files.
    case pictures(column: Int)
    /// The texts that the tokens of the stored column at a place came from.
    case texts(column: Int, TextRecovery)
    /// The dates that the numbers of the stored column at a place came from.
    case dates(column: Int, DateRecovery)
    /// The labels that are 1 in the stored column at a place, by `Target.classes`.
    case labels(column: Int)
    /// The split's place among all.
    case split
  }

  /// What a value is for those who read the table.
  enum Kind: Hashable {
    /// `uint8`, `int32`, `int64` or `float32`, or codes of texts in one of them.
    case number(ElementType)
    case text
    case texts
    case file
    case date
    case clock
    case moment
  }

  var name: String
  var source: Source
  var kind: Kind

  /// The elements from one row to the next.
  var step = 1

  /// The elements of a row where it is a list.
  var width = 1
  var texts: [String]?
  var isNullable = false

  /// The shape of a row where it is a list of more than one axis.
  var shape: [Int] = []

  /// The column as the C face spells it.
  func native() throws(Diagnostic) -> AnnealDataColumn {
    let type: ElementType = if case .number(let type) = kind { type } else { .uint8 }
    var column = try TableColumn(
      name: name, type: type, shape: width > 1 ? [width] : [], texts: texts,
      isNullable: isNullable
    ).native()
    if let code = kind.code { column.type = Int32(code.rawValue) }
    column.step = Int64(step)
    return column
  }

  /// What Hugging Face's datasets call it.
  var huggingFaceFeature: Value {
    if kind == .file { return ["_type": "Image"] }
    let type: Value =
      switch kind {
      case .number(let type): texts == nil ? .string(type.rawValue) : "string"
      case .text, .texts, .file: "string"
      case .date: "date32"
      case .clock: "time32[ms]"
      case .moment: "timestamp[ms]"
      }
    let value: Value = ["_type": "Value", "dtype": type]
    if kind == .texts { return ["_type": "List", "length": -1, "feature": value] }
    return width > 1 ? ["_type": "List", "length": .int(width), "feature": value] : value
  }
}

extension ExportColumn.Kind {
  /// Nil for numbers, which their own type tells.
  fileprivate var code: AnnealDataType? {
    switch self {
    case .number: nil
    case .text: ANNEAL_DATA_TEXTS
    case .texts: ANNEAL_DATA_TEXT_LISTS
    case .file: ANNEAL_DATA_FILES
    case .date: ANNEAL_DATA_DATE
    case .clock: ANNEAL_DATA_CLOCK
    case .moment: ANNEAL_DATA_MOMENT
    }
  }
}

/// The values of a column for some rows.
enum ExportValues {
  /// Those from an element of the first row on.
  case numbers(ColumnValues, element: Int)
  case files(ExportedFiles)
  case texts(ExportedTexts)
}
