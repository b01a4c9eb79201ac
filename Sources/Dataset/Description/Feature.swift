package import Network
package import Tensor

/// One input of a model: a column, a group of number columns, a date, a text, or an image or sound for each
/// row.
package struct Feature: Hashable, Sendable {
  package var name: String
  package var kind: FeatureKind

  /// The shape of one row: `[K]` numbers or parts of a date, `[1]` category code, `[C, H, W]` image,
  /// `[length]` token ids, `[1, bands, frames]` or `[1, samples]` sound.
  package var shape: [Int]

  /// `float32` numbers (missing is NaN), `int32` category codes (missing is -1), `uint8` images,
  /// `float32` images where values do not fit a byte or are missing, `int32` token ids (padding is 0), or
  /// `float32` sounds.
  package var type: ElementType

  /// The source columns that the feature was made of, in the order of its elements; empty for files.
  package var columns: [String]

  /// The text of each code of a category, in code order.
  package var categories: [String]

  /// What a date is made into, in the order of the elements.
  package var parts: [DatePart]

  /// How a text is cut into tokens.
  package var text: TextForm?

  /// What is made of a sound.
  package var audio: AudioForm?

  /// Where the files of images or sounds are that a column names.
  package var files: NamedFiles?

  package init(
    name: String, kind: FeatureKind, shape: [Int], type: ElementType, columns: [String] = [],
    categories: [String] = [], parts: [DatePart] = [], text: TextForm? = nil,
    audio: AudioForm? = nil, files: NamedFiles? = nil
  ) {
    self.name = name
    self.kind = kind
    self.shape = shape
    self.type = type
    self.columns = columns
    self.categories = categories
    self.parts = parts
    self.text = text
    self.audio = audio
    self.files = files
  }

  /// Elements in one row.
  package var width: Int { shape.reduce(1, *) }

  /// Whether each element is a column's, or a part of one.
  var isOfColumns: Bool { elements.count == width }

  /// Whether all elements together are what one cell holds or names: a text, or a file.
  var isOfOneCell: Bool { text != nil || files != nil }

  /// Whether cells are texts, and no numbers.
  var isOfTexts: Bool { kind.traits.holdsCodes || isOfOneCell }

  /// The names of the elements: the columns, or a date's column with each part; empty for texts and files.
  package var elements: [String] {
    if text != nil || audio != nil || files != nil { return [] }
    guard !parts.isEmpty, let column = columns.first else { return columns }
    return parts.flatMap(\.elements).map { "\(column) \($0)" }
  }
}
