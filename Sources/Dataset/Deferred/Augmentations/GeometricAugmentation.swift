package import Diagnostics
package import Options
package import Tensor

/// An augmentation that moves pixels. Those next to each other in a list become one map.
package protocol GeometricAugmentation: ChoiceMember {
  /// Draws a map for one image; the same numbers of the stream give the same change for images of
  /// other sizes.
  func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap

  /// Throws where an image with the feature's shape would be lost.
  func check(_ image: Feature) throws(Diagnostic)
}

extension GeometricAugmentation {
  package func check(_ image: Feature) throws(Diagnostic) {}
}
