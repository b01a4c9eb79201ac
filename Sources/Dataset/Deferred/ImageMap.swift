internal import Glibc

/// An affine map from the pixels of a new image to places in the old one.
///
/// Places are counted in pixels from the middle of the image, x to the right and y downwards, so
/// that a rotation keeps angles whatever the image's sides.
package struct ImageMap: Hashable, Sendable {
  /// The image of (x, y) is (xx · x + xy · y + x0, yx · x + yy · y + y0).
  package var xx = 1.0
  package var xy = 0.0
  package var x0 = 0.0
  package var yx = 0.0
  package var yy = 1.0
  package var y0 = 0.0

  package static let identity = ImageMap()

  /// Every pixel shows what is `x` to its right and `y` below it.
  package static func shift(x: Double, y: Double) -> ImageMap { ImageMap(x0: x, y0: y) }

  package static let mirroredHorizontally = ImageMap(xx: -1)
  package static let mirroredVertically = ImageMap(yy: -1)

  /// Turns the picture counterclockwise.
  package static func rotation(degrees: Double) -> ImageMap {
    let (sine, cosine) = exactSineAndCosine(degrees)
    return ImageMap(xx: cosine, xy: -sine, yx: sine, yy: cosine)
  }

  /// Shows a part of the picture in the size of all of it.
  package static func part(
    left: Int, top: Int, width: Int, height: Int, of size: (height: Int, width: Int)
  ) -> ImageMap {
    ImageMap(
      xx: Double(width) / Double(size.width),
      x0: Double(left) + Double(width) / 2 - Double(size.width) / 2,
      yy: Double(height) / Double(size.height),
      y0: Double(top) + Double(height) / 2 - Double(size.height) / 2)
  }

  /// Makes the picture larger by a factor.
  package static func magnification(_ factor: Double) -> ImageMap {
    ImageMap(xx: 1 / factor, yy: 1 / factor)
  }

  /// Leans the picture by an angle against the vertical.
  package static func shear(degrees: Double) -> ImageMap {
    ImageMap(xy: tan(degrees * .pi / 180))
  }

  /// The map of this change followed by another one.
  package func then(_ next: ImageMap) -> ImageMap {
    // The newest image asks the one before, which asks this one: next is inside.
    ImageMap(
      xx: xx * next.xx + xy * next.yx, xy: xx * next.xy + xy * next.yy,
      x0: xx * next.x0 + xy * next.y0 + x0, yx: yx * next.xx + yy * next.yx,
      yy: yx * next.xy + yy * next.yy, y0: yx * next.x0 + yy * next.y0 + y0)
  }

  /// Exact at whole quarter turns, where the library's functions are not.
  private static func exactSineAndCosine(_ degrees: Double) -> (Double, Double) {
    let angle = degrees.remainder(dividingBy: 360)
    return switch angle {
    case 0: (0, 1)
    case 90: (1, 0)
    case -90: (-1, 0)
    case 180, -180: (0, -1)
    default: (sin(angle * .pi / 180), cos(angle * .pi / 180))
    }
  }
}
