/// What some image files are: how many of each format, size and number of channels.
struct ImageMakeup {
  private(set) var count = 0
  private var splits: [SplitName: Int] = [:]
  private var formats: [ImageCodec.Info.Format: Int] = [:]
  private var channels: [Int: Int] = [:]
  private var heights: (least: Int, most: Int) = (.max, 0)
  private var widths: (least: Int, most: Int) = (.max, 0)

  mutating func add(_ info: ImageCodec.Info, split: SplitName?) {
    count += 1
    if let split { splits[split, default: 0] += 1 }
    formats[info.format, default: 0] += 1
    channels[info.channels, default: 0] += 1
    heights = (min(heights.least, info.height), max(heights.most, info.height))
    widths = (min(widths.least, info.width), max(widths.most, info.width))
  }

  func count(in split: SplitName) -> Int { splits[split] ?? 0 }

  /// Such as `640x427`, or `32x24 to 640x480` from the least to the largest sides.
  var sizes: String {
    guard count > 0 else { return "" }
    let least = "\(widths.least)x\(heights.least)"
    let most = "\(widths.most)x\(heights.most)"
    return least == most ? least : "\(least) to \(most)"
  }

  /// Such as `JPEG`, or `90 JPEG, 2 PNG`.
  var formatNames: String { Self.list(formats.map { ($0.key.title, $0.value) }) }

  /// Such as `colour`, or `90 colour, 2 grey`.
  var colors: String { Self.list(channels.map { ($0.key == 1 ? "grey" : "colour", $0.value) }) }

  private static func list(_ counts: [(name: String, count: Int)]) -> String {
    if counts.count == 1, let only = counts.first { return only.name }
    return counts.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
      .map { "\($0.count) \($0.name)" }.joined(separator: ", ")
  }
}
