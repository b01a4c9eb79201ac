package import Tensor

/// An augmentation that moves pixels. Those next to each other in a list become one map, so that an image
/// is resampled once.
package protocol GeometricAugmentation: ImageAugmentation {
  /// Draws a map for one image.
  func map(height: Int, width: Int, from stream: inout RandomStream) -> ImageMap
}

extension GeometricAugmentation {
  package func add(to changes: inout ImageChanges, from stream: inout RandomStream) {
    changes.append(map(height: changes.height, width: changes.width, from: &stream))
  }
}
