internal import CData
package import Diagnostics

/// Reads, filters and writes images.
package enum ImageCodec {
  /// What an image file's header says.
  package struct Info: Hashable, Sendable {
    package enum Format: String, Sendable { case png, jpeg }

    package var format: Format

    /// The size of the picture as it is to be seen.
    package var height: Int
    package var width: Int

    /// Whether the stored picture is turned or mirrored to be seen, as its EXIF data states.
    package var isTurned: Bool

    /// The bits of a sample.
    package var bits: Int

    /// Whether pixels are transparent, which decoding drops.
    package var isTransparent: Bool
  }

  /// Tells format and size by content.
  ///
  /// - Throws: A `Diagnostic` with the cause where the bytes are no PNG or JPEG image, or a size is
  ///   claimed that is not decoded.
  package static func probe(_ bytes: [UInt8]) throws(Diagnostic) -> Info {
    var info = AnnealDataImageInfo()
    let functions = try DataEngine.functions()
    try DataEngine.check(unsafe functions.image_probe(bytes, Int64(bytes.count), &info))
    return Info(
      format: info.format == Int32(ANNEAL_DATA_PNG.rawValue) ? .png : .jpeg,
      height: Int(info.height), width: Int(info.width), isTurned: info.orientation != 1,
      bits: Int(info.bits), isTransparent: info.transparent != 0)
  }

  /// Decodes a whole PNG or JPEG file to planes of bytes `[C, H, W]`, turned as it is to be seen.
  package static func decode(
    _ bytes: [UInt8], as picture: Picture, fit: ImageFit
  ) throws(Diagnostic) -> [UInt8] {
    let functions = try DataEngine.functions()
    var wanted = picture.native
    wanted.fit = fit.native
    var planes = [UInt8](repeating: 0, count: picture.count)
    try DataEngine.check(
      unsafe functions.image_decode(bytes, Int64(bytes.count), &wanted, &planes))
    return planes
  }

  /// Filters pictures that lie one after the other.
  package static func denoise(
    _ planes: [UInt8], of picture: Picture, by filter: Denoising
  ) throws(Diagnostic) -> [UInt8] {
    precondition(planes.count % picture.count == 0)
    let functions = try DataEngine.functions()
    var shape = picture.native
    var native = filter.native
    var result = [UInt8](repeating: 0, count: planes.count)
    let pictures = Int64(planes.count / picture.count)
    try DataEngine.check(
      unsafe functions.image_denoise(planes, pictures, &shape, &native, &result))
    return result
  }

  /// Writes one picture as a PNG file.
  package static func writePNG(
    _ planes: [UInt8], of picture: Picture, to path: String
  ) throws(Diagnostic) {
    precondition(planes.count == picture.count)
    let functions = try DataEngine.functions()
    var shape = picture.native
    try DataEngine.check(unsafe functions.image_write_png(planes, &shape, path), path)
  }
}

extension Picture {
  fileprivate var native: AnnealDataPicture {
    AnnealDataPicture(
      channels: Int32(clamping: channels), height: Int32(clamping: height),
      width: Int32(clamping: width), fit: 0)
  }
}

extension ImageFit {
  fileprivate var native: Int32 {
    switch self {
    case .cover: Int32(ANNEAL_DATA_COVER.rawValue)
    case .contain: Int32(ANNEAL_DATA_CONTAIN.rawValue)
    case .stretch: Int32(ANNEAL_DATA_STRETCH.rawValue)
    }
  }
}

extension Denoising {
  fileprivate var native: AnnealDataDenoise {
    switch self {
    case .median(let size): make(ANNEAL_DATA_MEDIAN, size)
    case .mean(let size): make(ANNEAL_DATA_MEAN, size)
    case .gaussian(let size, let sigma): make(ANNEAL_DATA_GAUSSIAN, size, strength: sigma)
    case .bilateral(let size, let strength, let spread):
      make(ANNEAL_DATA_BILATERAL, size, strength: strength, spread: spread)
    case .nonLocalMeans(let size, let search, let strength):
      make(ANNEAL_DATA_NON_LOCAL_MEANS, size, search: search, strength: strength)
    }
  }

  private func make(
    _ method: AnnealDataDenoiseMethod, _ size: Int, search: Int = 0, strength: Double = 0,
    spread: Double = 0
  ) -> AnnealDataDenoise {
    AnnealDataDenoise(
      method: Int32(method.rawValue), kernel: Int32(clamping: size),
      search: Int32(clamping: search), strength: strength, spread: spread)
  }
}
