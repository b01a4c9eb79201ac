internal import CData
internal import Diagnostics
internal import Tensor

/// A column of a table for other programs.
struct ExportColumn {
  enum Source {
    /// An element of the stored column at a place.
    case element(column: Int, Int)
    /// The pictures of the stored column at a place, as PNG files.
    case pictures(column: Int)
    /// The split's place among all.
    case split
  }

  var name: String
  var source: Source

  /// `uint8`, `int32`, `int64` or `float32`; of no account for pictures.
  var type: ElementType

  /// The elements from one row to the next.
  var step = 1

  /// The elements of a row where it is a list.
  var width = 1
  var texts: [String]?
  var isNullable = false

  /// The column as the C face spells it.
  func native() throws(Diagnostic) -> AnnealDataColumn {
    var column = try TableColumn(
      name: name, type: type, shape: width > 1 ? [width] : [], texts: texts,
      isNullable: isNullable
    ).native()
    if case .pictures = source { column.type = Int32(ANNEAL_DATA_FILES.rawValue) }
    column.step = Int64(step)
    return column
  }
}

/// The values of a column for some rows.
enum ExportValues {
  /// Those from an element of the first row on.
  case numbers(ColumnValues, element: Int)
  case files(ExportedFiles)
}
