/// Some pictures of a feature side by side, made small where they are large.
struct PictureSheet {
  let picture: Picture

  /// Bytes `[C, H, W]` of all pictures together.
  let planes: [UInt8]

  private static let mostPictures = 24
  private static let inRow = 12

  /// The longest side of a picture, and what is left free around each.
  private static let side = 64
  private static let gap = 2

  /// - Parameters:
  ///   - values: `[rows] + feature.shape`, bytes or numbers.
  ///   - feature: An image `[C, H, W]`; of more than three channels the first is shown.
  ///   - rows: One or more, of which some are shown, evenly spread.
  init(_ values: ColumnValues, of feature: Feature, rows: Int) {
    let (height, width) = (feature.shape[1], feature.shape[2])
    let step = max(1, (max(height, width) + Self.side - 1) / Self.side)
    let channels = feature.shape[0] == 3 ? 3 : 1
    let count = min(rows, Self.mostPictures)
    let columns = min(count, Self.inRow)
    let lines = (count + columns - 1) / columns
    // A part of a picture that is smaller than a step is left out.
    let (high, wide) = (max(1, height / step), max(1, width / step))
    let sheet = Picture(
      channels: channels, height: lines * (high + Self.gap) + Self.gap,
      width: columns * (wide + Self.gap) + Self.gap)
    var planes = [UInt8](repeating: 255, count: sheet.count)
    let pixel = Self.bytes(values)
    for index in 0..<count {
      let row = index * rows / count
      let top = index / columns * (high + Self.gap) + Self.gap
      let left = index % columns * (wide + Self.gap) + Self.gap
      for channel in 0..<channels {
        let source = row * feature.width + channel * height * width
        let target = channel * sheet.height * sheet.width
        for y in 0..<high {
          for x in 0..<wide {
            planes[target + (top + y) * sheet.width + left + x] = Self.mean(
              pixel, from: source + y * step * width + x * step, width: width,
              over: (min(step, height), min(step, width)))
          }
        }
      }
    }
    picture = sheet
    self.planes = planes
  }

  private static func mean(
    _ pixel: (Int) -> Int, from start: Int, width: Int, over size: (height: Int, width: Int)
  ) -> UInt8 {
    var sum = 0
    for y in 0..<size.height {
      for x in 0..<size.width { sum += pixel(start + y * width + x) }
    }
    let count = size.height * size.width
    return UInt8(clamping: (sum + count / 2) / count)
  }

  /// Values as bytes; numbers from their least, as black, to their greatest, as white.
  private static func bytes(_ values: ColumnValues) -> (Int) -> Int {
    switch values {
    case .uint8(let bytes): return { Int(bytes[$0]) }
    case .float32(let numbers):
      let finite = numbers.lazy.filter(\.isFinite)
      let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
      let scale = 255 / max(high - low, .leastNormalMagnitude)
      return { numbers[$0].isFinite ? Int(max(0, min(255, (numbers[$0] - low) * scale))) : 0 }
    case .int32, .int64: return { _ in 0 }
    }
  }
}
