package import Network
package import Tensor

/// One input of a model: a column, a group of number columns, or an image for each row.
package struct Feature: Hashable, Sendable {
  package var name: String
  package var kind: FeatureKind

  /// The shape of one row: `[K]` numbers, `[1]` category code, `[C, H, W]` image.
  package var shape: [Int]

  /// `float32` numbers (missing is NaN), `int32` category codes (missing is -1), `uint8` images, or
  /// `float32` images where values do not fit a byte or are missing.
  package var type: ElementType

  /// The source columns that the feature was made of, in the order of its elements; empty for files.
  package var columns: [String]

  /// The text of each code of a category, in code order.
  package var categories: [String]

  package init(
    name: String, kind: FeatureKind, shape: [Int], type: ElementType, columns: [String] = [],
    categories: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.shape = shape
    self.type = type
    self.columns = columns
    self.categories = categories
  }

  /// Elements in one row.
  package var width: Int { shape.reduce(1, *) }
}
