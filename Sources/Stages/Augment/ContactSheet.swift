package import Dataset
internal import Diagnostics
internal import Network
internal import Tensor

/// A picture of training rows as a network sees them, but for their normalisation: each beside how some
/// epochs change it, or many rows where nothing changes them.
package struct ContactSheet {
  private let dataset: Dataset
  private let feature: Feature
  private let reader: SplitReader

  /// How many rows are shown below each other, and how many pictures beside each other.
  private static let side = 8

  /// - Throws: A diagnostic where the dataset has no image, no sound, or no training rows.
  package init(_ dataset: Dataset) throws {
    let features = dataset.description.features
    guard
      let feature = features.first(where: { $0.kind == .image })
        ?? features.first(where: { $0.kind == .audio })
    else {
      let kinds = Set(features.map(\.kind))
      throw Diagnostic(
        "there is no picture of \(kinds.listed): the data has no images or sounds",
        remedy: "'anneal check --data' shows the columns of tables")
    }
    guard let reader = dataset[.train], reader.rows > 0 else {
      throw Diagnostic("there are no training rows to show")
    }
    self.dataset = dataset
    self.feature = feature
    self.reader = reader
  }

  /// Writes the sheet as a PNG file.
  package func write(to path: String) throws {
    let random = dataset.description.steps.filter(\.isTrainingOnly)
    let height = random.isEmpty ? Self.side * Self.side : Self.side
    let count = min(reader.rows, height)
    let rows = (0..<count).map { $0 * reader.rows / count }
    var columns = [try shown(rows, through: [], epoch: 0)]
    if !random.isEmpty {
      for epoch in 0..<Self.side - 1 {
        columns.append(try shown(rows, through: random, epoch: epoch))
      }
    }
    let tiles = try tiles(columns, changed: random)
    // Without changes the one column becomes a square.
    let lines =
      random.isEmpty
      ? stride(from: 0, to: count, by: Self.side).map { start in
        Array(tiles[0][start..<min(start + Self.side, count)])
      }
      : (0..<count).map { row in tiles.map { $0[row] } }
    let picture = SheetPicture(lines, isFirstApart: !random.isEmpty)
    try ImageCodec.writePNG(picture.planes, of: picture.size, to: path)
  }

  /// The feature's values in rows after steps, row after row.
  private func shown(
    _ rows: [Int], through steps: [any DeferredStep], epoch: Int
  ) throws -> [[Float]] {
    var batch = try reader.gather(rows)
    var context = StepContext(seed: 0, epoch: epoch, isTraining: true)
    context.reader = reader
    try DeferredSteps.apply(steps, to: &batch, in: context)
    let values = try batch.inputs[feature.name]?.array(Float.self) ?? []
    return stride(from: 0, to: values.count, by: feature.width).map {
      Array(values[$0..<$0 + feature.width])
    }
  }

  private func tiles(
    _ columns: [[[Float]]], changed: [any DeferredStep]
  ) throws -> [[SheetTile]] {
    let light = light(columns[0], changed)
    return columns.map { $0.map { SheetTile($0, of: feature, light: light) } }
  }

  /// The values of no light and of all.
  private func light(
    _ originals: [[Float]], _ changed: [any DeferredStep]
  ) -> ClosedRange<Float> {
    let known = changed.lazy.compactMap { ($0 as? AugmentRows)?.features[feature.name]?.light }
    if feature.kind == .image, let light = known.first { return light }
    return feature.light(in: originals.joined())
  }
}
