package import Diagnostics
package import Network
package import Options

/// One random change of training rows, as its settings say.
///
/// A conforming type conforms to what says how it works: `ImageAugmentation`, `RowAugmentation` or
/// `MixingAugmentation`. It is listed in `Augmentation.cases`.
package protocol AugmentationStep: ChoiceMember, Sendable {
  /// The kinds of features that it changes.
  static var kinds: Set<FeatureKind> { get }

  /// Whether it changes a feature, which is of one of the kinds.
  func changes(_ feature: Feature) -> Bool

  /// Throws where a feature with that shape would be lost.
  func check(_ feature: Feature) throws(Diagnostic)
}

extension AugmentationStep {
  package func changes(_ feature: Feature) -> Bool { true }

  package func check(_ feature: Feature) throws(Diagnostic) {}
}
