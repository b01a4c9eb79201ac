package import Diagnostics
internal import Artifacts
internal import Network
internal import YAML

/// Collects some rows of a dataset as it is written, evenly spread, and writes what they look like beside it.
package struct DatasetProfiler: Sendable {
  private let features: [Feature]
  private let target: Target?
  private let rows: Int

  /// Every so-many-th row is looked at.
  private let stride: Int
  private var seen = 0
  private var sample: Block

  private static let mostRows = 10_000

  /// Values of a row beyond these are not kept, so that memory stays bounded.
  private static let mostBytes = 32 << 20

  /// - Parameter rows: How many rows will come.
  package init(_ features: [Feature], _ target: Target?, rows: Int) {
    self.features = features
    self.target = target
    self.rows = rows
    let layout = ShardLayout(features: features, target: target, isWeighted: false)
    let most = min(Self.mostRows, max(100, Self.mostBytes / layout.rowBytes))
    stride = max(1, (rows + most - 1) / most)
    // Room for all at once: as it grew it would be held twice.
    sample = layout.emptyBlock(capacity: (rows + stride - 1) / stride)
  }

  package mutating func add(_ block: Block) {
    let first = (stride - seen % stride) % stride
    let places = Array(Swift.stride(from: first, to: block.count, by: stride))
    seen += block.count
    guard !places.isEmpty else { return }
    sample.append(places.count == block.count ? block : block.selecting(places))
  }

  /// What the rows look like.
  package var profile: DatasetProfile {
    let grain = DataEngine.threads > 1 ? 4 : features.count
    let all = features.concurrentMap(grain: grain, columns).flatMap(\.self)
    return DatasetProfile(
      rows: rows, sampled: sample.count,
      columns: targetColumns + all.prefix(DatasetProfile.mostColumns),
      left: max(0, all.count - DatasetProfile.mostColumns))
  }

  /// Writes the profile, and some pictures where there are any, into a dataset's directory.
  package func write(to directory: String) throws(Diagnostic) {
    try Folder.replaceFile(
      directory + "/" + DatasetProfile.fileName,
      with: Array((profile.value.prettyJSON + "\n").utf8), lasting: false)
    guard let image = features.first(where: { $0.kind == .image }),
      let values = sample.features[image.name], sample.count > 0
    else { return }
    let sheet = PictureSheet(values, of: image, rows: sample.count)
    try ImageCodec.writePNG(
      sheet.planes, of: sheet.picture, to: directory + "/" + DatasetProfile.picturesName)
  }

  private var targetColumns: [ColumnProfile] {
    guard let target, let values = sample.target else { return [] }
    switch values {
    case .int64(let codes):
      return [
        ColumnProfile(
          target.name, "class", isTarget: true, codes: codes.map { Int($0) }, of: target.classes)
      ]
    case .float32(let numbers):
      return [ColumnProfile(target.name, "number", isTarget: true, numbers: numbers)]
    case .uint8, .int32: return []
    }
  }

  private func columns(of feature: Feature) -> [ColumnProfile] {
    guard let values = sample.features[feature.name] else { return [] }
    let noun = feature.kind.traits.noun
    if feature.kind.traits.holdsCodes, case .int32(let codes) = values {
      return [
        ColumnProfile(feature.name, noun, codes: codes.map { Int($0) }, of: feature.categories)
      ]
    }
    guard case .float32(let numbers) = values, feature.shape.count == 1 else {
      return [
        ColumnProfile(
          name: feature.name, noun: noun, isTarget: false, missing: 0, distinct: nil,
          shape: .nothing)
      ]
    }
    return feature.elements.prefix(DatasetProfile.mostColumns + 1).enumerated().map { place, name in
      let own = Swift.stride(from: place, to: numbers.count, by: feature.width)
      return ColumnProfile(name, noun, numbers: own.map { numbers[$0] })
    }
  }
}
