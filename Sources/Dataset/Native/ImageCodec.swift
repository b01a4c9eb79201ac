internal import CData
package import Diagnostics

/// Reads, filters and writes images.
package enum ImageCodec {
  /// What an image file's header says.
  package struct Info: Hashable, Sendable {
    package enum Format: String, CaseIterable, Sendable {
      case jpeg
      case png
      case webp
      case tiff
      case bmp

      /// The name that people know it by.
      package var title: String { self == .webp ? "WebP" : rawValue.uppercased() }
    }

    package var format: Format

    /// The size of the picture as it is to be seen.
    package var height: Int
    package var width: Int

    /// Whether the stored picture is turned or mirrored to be seen, as its EXIF data states.
    package var isTurned: Bool

    /// The bits of a sample.
    package var bits: Int

    /// 1 for grey, 3 for colours.
    package var channels: Int

    /// Whether pixels may be transparent.
    package var isTransparent: Bool

    /// Whether the file holds further pictures: frames or pages.
    package var holdsMore: Bool

    /// Whether the file has a colour profile other than sRGB, which is not heeded.
    package var isProfiled: Bool
  }

  /// Tells format and size by content.
  ///
  /// - Parameter bytes: The file, or its start; the rest may be needed, as camera data may lie at the end.
  /// - Throws: A `Diagnostic` with the cause where the bytes are no image, or a size is claimed that is
  ///   not decoded.
  package static func probe(_ bytes: [UInt8]) throws(Diagnostic) -> Info {
    var info = AnnealDataImageInfo()
    let functions = try MediaEngine.functions()
    try MediaEngine.check(unsafe functions.image_probe(bytes, Int64(bytes.count), &info))
    guard let format = Info.Format(info.format) else {
      throw Diagnostic(
        "the media engine knows the image format \(info.format), and nothing else does")
    }
    return Info(
      format: format, height: Int(info.height), width: Int(info.width),
      isTurned: info.orientation != 1, bits: Int(info.bits), channels: Int(info.channels),
      isTransparent: info.transparent != 0, holdsMore: info.animated != 0,
      isProfiled: info.profiled != 0)
  }

  /// Decodes a whole image file to planes `[C, H, W]`, turned as they are to be seen.
  ///
  /// - Parameter planes: Takes them: `reader.byteCount` bytes, of which `reader.type` tells the meaning.
  static func decode(
    _ bytes: [UInt8], by reader: PictureReader, to planes: UnsafeMutableRawPointer
  ) throws(Diagnostic) {
    let functions = try MediaEngine.functions()
    var request = reader.native
    try MediaEngine.check(
      unsafe functions.image_decode(bytes, Int64(bytes.count), &request, planes))
  }

  /// Filters pictures that lie one after the other.
  package static func denoise(
    _ planes: [UInt8], of picture: Picture, by filter: Denoising
  ) throws(Diagnostic) -> [UInt8] {
    precondition(planes.count % picture.count == 0)
    let functions = try MediaEngine.functions()
    var shape = picture.native
    var native = filter.native
    var result = [UInt8](repeating: 0, count: planes.count)
    let pictures = Int64(planes.count / picture.count)
    try MediaEngine.check(
      unsafe functions.image_denoise(planes, pictures, &shape, &native, &result))
    return result
  }

  /// Writes one picture as a PNG file.
  package static func writePNG(
    _ planes: [UInt8], of picture: Picture, to path: String
  ) throws(Diagnostic) {
    precondition(planes.count == picture.count)
    let functions = try MediaEngine.functions()
    var shape = picture.native
    try MediaEngine.check(unsafe functions.image_write_png(planes, &shape, path), path)
  }
}

extension ImageCodec.Info.Format {
  fileprivate init?(_ native: Int32) {
    switch native {
    case Int32(ANNEAL_DATA_JPEG.rawValue): self = .jpeg
    case Int32(ANNEAL_DATA_PNG.rawValue): self = .png
    case Int32(ANNEAL_DATA_WEBP.rawValue): self = .webp
    case Int32(ANNEAL_DATA_TIFF.rawValue): self = .tiff
    case Int32(ANNEAL_DATA_BMP.rawValue): self = .bmp
    default: return nil
    }
  }
}

extension PictureReader {
  fileprivate var native: AnnealDataImageRequest {
    var request = AnnealDataImageRequest()
    request.picture = picture.native
    request.picture.fit = fit.native
    let behind = background ?? .white
    let around = background ?? .black
    request.background = (behind.red, behind.green, behind.blue)
    request.frame = (around.red, around.green, around.blue)
    request.deep = depth == .bits16 ? 1 : 0
    return request
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
