internal import CData
package import Diagnostics
internal import Options

/// How pictures that look alike are told: the hash of 64 bits that is compared.
package enum PictureHash: String, NamedOption {
  case perceptual
  case difference
  case average

  package var summary: String {
    switch self {
    case .perceptual: "Of the coarse frequencies (cosine transform), each against their median."
    case .difference: "Of 9x8 grey pixels, each against the one to its left."
    case .average: "Of 8x8 grey pixels, each against their mean."
    }
  }

  private var native: AnnealDataHashMethod {
    switch self {
    case .perceptual: ANNEAL_DATA_PERCEPTUAL_HASH
    case .difference: ANNEAL_DATA_DIFFERENCE_HASH
    case .average: ANNEAL_DATA_AVERAGE_HASH
    }
  }

  /// The hashes of pictures that lie one after the other, the first bit the highest.
  package func hashes(of planes: [UInt8], _ picture: Picture) throws(Diagnostic) -> [UInt64] {
    precondition(planes.count % picture.count == 0)
    let functions = try MediaEngine.functions()
    var shape = AnnealDataPicture(
      channels: Int32(clamping: picture.channels), height: Int32(clamping: picture.height),
      width: Int32(clamping: picture.width), fit: 0)
    let pictures = planes.count / picture.count
    var hashes = [UInt64](repeating: 0, count: pictures)
    try MediaEngine.check(
      unsafe functions.image_hash(
        planes, Int64(pictures), &shape, Int32(native.rawValue), &hashes))
    return hashes
  }
}
