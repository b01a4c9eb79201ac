package import Network
package import Tensor

/// An augmentation of images one by one.
package protocol ImageAugmentation: AugmentationStep {
  /// Adds what happens to one image. The same numbers of the stream give the same change for images of
  /// other sizes.
  func add(to changes: inout ImageChanges, from stream: inout RandomStream)
}

extension ImageAugmentation {
  package static var kinds: Set<FeatureKind> { [.image] }
}
