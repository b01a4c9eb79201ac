package import Options

/// A feature that a network reads.
package struct NetworkInput: Hashable, Sendable {
  package enum Kind: String, CaseIterable, NamedOption {
    case numbers, category, image, audio, text
  }

  /// The feature's name in the dataset.
  package var name = ""
  package var kind = Kind.numbers
  /// The shape without the batch: `[C, H, W]` for images, `[K]` for numbers and category codes.
  package var shape: [Int] = []
  /// For categories, how many values each column knows; for text, the size of the vocabulary.
  package var cardinalities: [Int] = []

  package init() {}

  package init(name: String, kind: Kind, shape: [Int], cardinalities: [Int] = []) {
    self.name = name
    self.kind = kind
    self.shape = shape
    self.cardinalities = cardinalities
  }
}

extension NetworkInput: Options {
  package static let summary = "A feature that a network reads."

  package static var fields: [Field<Self>] {
    option("name", \.name, required: true, "The feature's name in the dataset.")
    option("kind", \.kind, required: true, "What the values mean.")
    option(
      "shape", \.shape, count: 1...6, in: 1...LayerLimits.dimension, required: true,
      "The shape without the batch.")
    option(
      "cardinalities", \.cardinalities, in: 0...LayerLimits.width,
      "How many values each column of categories has.")
  }
}
