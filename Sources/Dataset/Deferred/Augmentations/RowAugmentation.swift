package import Tensor

/// An augmentation of what is no image: sounds, texts, and the numbers and categories of tables.
package protocol RowAugmentation: AugmentationStep {
  /// Changes one row of a feature in place.
  func change(_ row: inout FeatureRow, from stream: inout RandomStream)
}

/// One row of a feature, and what is known of the feature.
package struct FeatureRow {
  package let shape: [Int]
  package let facts: AugmentedFeature

  /// The values of numbers and sounds, row-major; none of codes.
  package var numbers: [Float] = []

  /// The codes of categories and tokens; none of numbers.
  package var codes: [Int32] = []
}
