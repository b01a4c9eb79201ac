package import Diagnostics
package import Options
package import YAML

/// A feature that a network reads.
package struct NetworkInput: Hashable, Sendable {
  /// The feature's name in the dataset.
  package var name = ""
  package var kind = FeatureKind.numbers
  /// The shape without the batch: `[C, H, W]` for images and spectra, `[K]` for numbers, category codes and
  /// tokens.
  package var shape: [Int] = []
  /// For categories, how many values each column knows; for a text, the number of its tokens' ids.
  package var cardinalities: [Int] = []

  package init() {}

  package init(name: String, kind: FeatureKind, shape: [Int], cardinalities: [Int] = []) {
    self.name = name
    self.kind = kind
    self.shape = shape
    self.cardinalities = cardinalities
  }
}

extension NetworkInput {
  /// Whether convolutions over height and width take the feature: an image or the spectrum of a sound.
  var fitsTrunk: Bool { kind.traits.entry == .trunk && shape.count == 3 }

  /// Whether convolutions over time take the feature: the samples of a sound.
  var isWaveform: Bool { kind.traits.entry == .trunk && shape.count == 2 }
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
      "How many values each column of categories has, or how many ids the tokens of a text.")
  }

  package static func check(_ input: Self, _ node: Node) -> [Diagnostic] {
    let traits = input.kind.traits
    if traits.ranks.contains(input.shape.count) { return [] }
    return [
      Diagnostic(
        "the \(traits.noun) '\(input.name)' has \(input.shape.count) dimensions",
        at: (node["shape"] ?? node).range)
    ]
  }
}
