internal import CData
internal import Diagnostics
internal import Tensor

/// A column of an Arrow file: one value a row, or a dense tensor where it has a shape.
struct TableColumn: Hashable, Sendable {
  var name: String
  var type: ElementType
  var shape: [Int]

  /// The texts whose places the values are; the file then shows the texts to whoever opens it.
  var texts: [String]?

  /// Whether values may be missing, which are -1 or NaN here and null in the file.
  var isNullable = false

  /// Elements in one row.
  var width: Int { shape.reduce(1, *) }

  /// The column as the C face spells it.
  func native() throws(Diagnostic) -> AnnealDataColumn {
    let bytes = Array(name.utf8)
    guard bytes.count < Int(ANNEAL_DATA_MAX_NAME), !bytes.contains(0) else {
      throw Diagnostic("the column name '\(name.prefix(40))' is too long or holds a zero")
    }
    guard let type = ArrowType(type), shape.count <= Int(ANNEAL_DATA_MAX_RANK) else {
      throw Diagnostic("datasets do not store '\(name)' as \(type) of shape \(shape)")
    }
    var column = AnnealDataColumn()
    column.type = type.rawValue
    column.rank = Int32(shape.count)
    column.coded = texts == nil ? 0 : 1
    column.nullable = isNullable ? 1 : 0
    unsafe withUnsafeMutableBytes(of: &column.name) { unsafe $0.copyBytes(from: bytes) }
    unsafe withUnsafeMutableBytes(of: &column.shape) { buffer in
      unsafe shape.map(Int64.init).withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    }
    return column
  }
}
