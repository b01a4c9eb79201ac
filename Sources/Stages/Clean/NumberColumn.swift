internal import Dataset

/// One element of a floating-point feature: a number column of a table, or a pixel that is one.
struct NumberColumn: Hashable, Sendable {
  var name: String

  /// The column of the source that it is of.
  var source: String
  var feature: String

  /// The place within a row of the feature, and how long such a row is.
  var element: Int
  var width: Int

  /// The column's value in each row of a block.
  func values(in block: Block) -> [Float] {
    guard case .float32(let values) = block.features[feature] else { return [] }
    return stride(from: element, to: values.count, by: width).map { values[$0] }
  }
}
