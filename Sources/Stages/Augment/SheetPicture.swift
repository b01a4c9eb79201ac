internal import Dataset

/// Tiles put together on a light ground.
struct SheetPicture {
  let size: Picture
  let planes: [UInt8]

  private static let gap = 4
  private static let ground: UInt8 = 240

  /// - Parameters:
  ///   - lines: Tiles of one size, line after line.
  ///   - isFirstApart: Whether the first of each line stands a little apart from the others.
  init(_ lines: [[SheetTile]], isFirstApart: Bool) {
    let tile = lines[0][0]
    let columns = lines.map(\.count).max() ?? 0
    let apart = isFirstApart && columns > 1 ? 3 * Self.gap : 0
    let width = columns * (tile.width + Self.gap) + Self.gap + apart
    let height = lines.count * (tile.height + Self.gap) + Self.gap
    var planes = [UInt8](repeating: Self.ground, count: 3 * height * width)
    for (line, tiles) in lines.enumerated() {
      let top = Self.gap + line * (tile.height + Self.gap)
      for (column, tile) in tiles.enumerated() {
        let left = Self.gap + column * (tile.width + Self.gap) + (column > 0 ? apart : 0)
        for row in 0..<3 * tile.height {
          let (channel, y) = (row / tile.height, row % tile.height)
          let start = (channel * height + top + y) * width + left
          planes.replaceSubrange(
            start..<start + tile.width,
            with: tile.pixels[row * tile.width..<(row + 1) * tile.width])
        }
      }
    }
    size = Picture(channels: 3, height: height, width: width)
    self.planes = planes
  }
}
