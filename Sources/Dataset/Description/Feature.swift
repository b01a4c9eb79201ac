package import Network
package import Tensor

/// One input of a model: a column, a group of number columns, a date, or an image for each row.
package struct Feature: Hashable, Sendable {
  package var name: String
  package var kind: FeatureKind

  /// The shape of one row: `[K]` numbers or parts of a date, `[1]` category code, `[C, H, W]` image.
  package var shape: [Int]

  /// `float32` numbers (missing is NaN), `int32` category codes (missing is -1), `uint8` images, or
  /// `float32` images where values do not fit a byte or are missing.
  package var type: ElementType

  /// The source columns that the feature was made of, in the order of its elements; empty for files.
  package var columns: [String]

  /// The text of each code of a category, in code order.
  package var categories: [String]

  /// What a date is made into, in the order of the elements.
  package var parts: [DatePart]

  package init(
    name: String, kind: FeatureKind, shape: [Int], type: ElementType, columns: [String] = [],
    categories: [String] = [], parts: [DatePart] = []
  ) {
    self.name = name
    self.kind = kind
    self.shape = shape
    self.type = type
    self.columns = columns
    self.categories = categories
    self.parts = parts
  }

  /// Elements in one row.
  package var width: Int { shape.reduce(1, *) }

  /// The names of the elements: the columns, or a date's column with each part; empty for files.
  package var elements: [String] {
    guard !parts.isEmpty, let column = columns.first else { return columns }
    return parts.flatMap(\.elements).map { "\(column) \($0)" }
  }
}
