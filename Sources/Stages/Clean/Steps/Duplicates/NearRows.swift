internal import Dataset
internal import Diagnostics
internal import Network
internal import Options
internal import Tensor
internal import YAML

/// Finds rows whose images look the same and whose other values are the same.
///
/// What is kept of each row that stays is its images' hashes and 16 bytes of all else.
struct NearRows {
  private let data: CleaningData
  private let likeness: Clean.Duplicates.Likeness
  private let withTarget: Bool

  init(_ data: CleaningData, _ likeness: Clean.Duplicates.Likeness, withTarget: Bool) {
    self.data = data
    self.likeness = likeness
    self.withTarget = withTarget
  }

  func fit() throws -> FittedStep {
    let images = try images()
    let others = data.features.filter { !images.contains($0) }
    var places = SplitPlaces(data)
    var index = HashIndex(distance: likeness.distance)
    var kept: [(hashes: [UInt64], key: RowKey)] = []
    var start = 0
    for split in data.splits {
      try data.forEachBlock(in: split) { block in
        let hashes = try images.map { try self.hashes(of: $0, in: block) }
        let columns = others.compactMap { block.features[$0.name] }
        let target = withTarget ? block.target.map { [$0] } ?? [] : []
        let keys = RowKey.keys(of: block, columns + target, from: start)
        for (row, key) in keys.enumerated() {
          let own = hashes.map { $0[row] }
          let like = index.first(near: own[0]) { candidate in
            kept[candidate].key.hasContent(of: key)
              && zip(kept[candidate].hashes, own).allSatisfy { one, other in
                (one ^ other).nonzeroBitCount <= likeness.distance
              }
          }
          if let like {
            places.mark(key.place, like: kept[like].key.place)
          } else {
            index.append(own[0])
            kept.append((own, key))
          }
        }
        start += block.count
      }
    }
    return places.step
  }

  private func images() throws(Diagnostic) -> [Feature] {
    let images = data.features.filter { $0.kind == .image }
    guard !images.isEmpty else {
      throw Diagnostic(
        "there is no image for 'near' to compare", remedy: "write 'duplicates: drop' for equal rows"
      )
    }
    for image in images where image.type != .uint8 || ![1, 3].contains(image.shape[0]) {
      throw Diagnostic(
        "the image '\(image.name)' is \(image.type.rawValue) with \(image.shape[0]) channels, and "
          + "'near' compares bytes with 1 or 3",
        remedy: "put the step before those that turn images into other numbers")
    }
    return images
  }

  private func hashes(of image: Feature, in block: Block) throws(Diagnostic) -> [UInt64] {
    guard case .uint8(let planes)? = block.features[image.name] else { return [] }
    let picture = Picture(channels: image.shape[0], height: image.shape[1], width: image.shape[2])
    return try likeness.hash.hashes(of: planes, picture)
  }
}
