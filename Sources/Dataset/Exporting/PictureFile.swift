internal import Artifacts
internal import Diagnostics

/// A picture of a dataset as a PNG file.
struct PictureFile {
  private let planes: [UInt8]
  private let feature: Feature

  /// - Parameter row: The picture's place among the values.
  init(_ feature: Feature, _ values: ColumnValues, row: Int) throws(Diagnostic) {
    guard feature.isPicture, case .uint8(let pixels) = values else {
      throw Diagnostic("'\(feature.name)' holds no pictures of bytes")
    }
    planes = Array(pixels[row * feature.width..<(row + 1) * feature.width])
    self.feature = feature
  }

  /// The file's name: the row's id in its source.
  static func name(of id: Int64) -> String {
    let digits = String(id)
    return String(repeating: "0", count: max(0, 7 - digits.count)) + digits + ".png"
  }

  func write(to path: String) throws(Diagnostic) {
    try ImageCodec.writePNG(planes, of: picture, to: path)
  }

  /// The file's bytes.
  ///
  /// - Parameter place: A file for a moment's use.
  func bytes(by place: String) throws(Diagnostic) -> [UInt8] {
    try write(to: place)
    return try Folder.contents(of: place)
  }

  private var picture: Picture {
    Picture(channels: feature.shape[0], height: feature.shape[1], width: feature.shape[2])
  }
}
