internal import CTensor

/// One step of what happens to an image on its way to a model.
///
/// Parts and amounts are in the unit of light, which runs from 0 to 1; the results stay in it.
package struct ImageChange: Hashable, Sendable {
  private let code: UInt32
  private var values = SIMD8<Double>.zero
  private var words = SIMD4<UInt32>.zero

  private init(_ change: anneal_image_change, _ amount: Double = 0) {
    code = change.rawValue
    values[0] = amount
  }

  /// The pixel (x, y), counted from the middle, becomes what was at (xx x + xy y + x0,
  /// yx x + yy y + y0).
  package static func map(
    xx: Double, xy: Double, x0: Double, yx: Double, yy: Double, y0: Double
  ) -> ImageChange {
    var change = ImageChange(ANNEAL_IMAGE_MAP)
    change.values = [xx, xy, x0, yx, yy, y0, 0, 0]
    return change
  }

  /// Blends with black, keeping a part that may exceed 1.
  package static func brightness(_ part: Double) -> ImageChange {
    ImageChange(ANNEAL_IMAGE_BRIGHTNESS, part)
  }

  /// Blends with the mean of its grey.
  package static func contrast(_ part: Double) -> ImageChange {
    ImageChange(ANNEAL_IMAGE_CONTRAST, part)
  }

  /// Blends with its grey; changes images of three channels alone.
  package static func saturation(_ part: Double) -> ImageChange {
    ImageChange(ANNEAL_IMAGE_SATURATION, part)
  }

  /// Turns hues by a part of the whole circle; changes images of three channels alone.
  package static func hue(_ turn: Double) -> ImageChange { ImageChange(ANNEAL_IMAGE_HUE, turn) }

  /// Blends with what a filter of 3 x 3 pixels smooths.
  package static func sharpness(_ part: Double) -> ImageChange {
    ImageChange(ANNEAL_IMAGE_SHARPNESS, part)
  }

  /// Keeps the first bits of light.
  package static func posterize(bits: Int) -> ImageChange {
    ImageChange(ANNEAL_IMAGE_POSTERIZE, Double(bits))
  }

  /// Inverts what is at or above a light.
  package static func solarize(from light: Double) -> ImageChange {
    ImageChange(ANNEAL_IMAGE_SOLARIZE, light)
  }

  /// Spreads each channel over all of light.
  package static let autocontrast = ImageChange(ANNEAL_IMAGE_AUTOCONTRAST)

  /// Makes the levels of each channel equally frequent.
  package static let equalize = ImageChange(ANNEAL_IMAGE_EQUALIZE)

  /// Adds normal noise, from a part of the stream that nothing else takes numbers of.
  package static func noise(deviation: Double, from stream: RandomStream) -> ImageChange {
    var change = ImageChange(ANNEAL_IMAGE_NOISE, deviation)
    change.words = stream.identity
    return change
  }

  /// Fills a rectangle with a light, or with uniform noise of the stream where there is none.
  package static func erase(
    x: Int, y: Int, width: Int, height: Int, light: Double?, from stream: RandomStream
  ) -> ImageChange {
    var change = ImageChange(ANNEAL_IMAGE_ERASE)
    change.values = [Double(x), Double(y), Double(width), Double(height), light ?? -1, 0, 0, 0]
    change.words = stream.identity
    return change
  }

  var native: anneal_image_step {
    anneal_image_step(
      change: Int32(code), words: (words.x, words.y, words.z, words.w),
      values: (values[0], values[1], values[2], values[3], values[4], values[5]))
  }
}
