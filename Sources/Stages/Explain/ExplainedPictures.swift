internal import Dataset
internal import Hardware
internal import Learning
internal import Network
internal import Tensor

/// Rows of a dataset as pictures, beside what methods say of their places.
struct ExplainedPictures {
  private let dataset: Dataset
  private let reader: SplitReader
  private let feature: Feature
  private static let columns = 8

  /// Fails where the data has neither images nor spectra of sounds.
  init?(_ dataset: Dataset, _ reader: SplitReader) {
    guard
      let feature = dataset.description.features.first(where: {
        ($0.kind == .image || $0.kind == .audio) && $0.shape.count == 3
      })
    else { return nil }
    self.dataset = dataset
    self.reader = reader
    self.feature = feature
  }

  /// The pictures of rows, all in the same light.
  func tiles(of places: [Int]) throws -> [SheetTile] {
    let values = try reader.gather(places).inputs[feature.name]?.to(.float32).array(Float.self)
    let all = values ?? []
    let light = feature.light(in: all)
    return places.indices.map { index in
      SheetTile(
        Array(all[index * feature.width..<(index + 1) * feature.width]), of: feature, light: light)
    }
  }

  /// Pictures side by side, in the order of the rows.
  func writeSheet(of places: [Int], to path: String) throws {
    let tiles = try tiles(of: places)
    let lines = stride(from: 0, to: tiles.count, by: Self.columns).map {
      Array(tiles[$0..<min($0 + Self.columns, tiles.count)])
    }
    guard !lines.isEmpty else { return }
    let picture = SheetPicture(lines, isFirstApart: false)
    try ImageCodec.writePNG(picture.planes, of: picture.size, to: path)
  }

  /// Each row beside a map for each method.
  func writeMaps(
    of places: [Int], by methods: [ExplainMethod], _ rows: ExplainedRows, to path: String
  ) throws {
    let (inputs, outputs) = try rows.rows(places)
    let (height, width) = (feature.shape[1], feature.shape[2])
    var lines = try tiles(of: places).map { [$0] }
    for method in methods {
      let maps = try maps(by: method, inputs, outputs, rows)
      for (index, map) in maps.enumerated() {
        lines[index].append(Heat.tile(map, height, width, feature.kind))
      }
    }
    guard !lines.isEmpty else { return }
    let picture = SheetPicture(lines, isFirstApart: true)
    try ImageCodec.writePNG(picture.planes, of: picture.size, to: path)
  }

  /// What a method says of each place, over the channels together: the largest of gradients, the sum else.
  private func maps(
    by method: ExplainMethod, _ inputs: [String: Tensor], _ outputs: [Int], _ rows: ExplainedRows
  ) throws -> [[Float]] {
    let (height, width) = (feature.shape[1], feature.shape[2])
    if method == .occlusion {
      guard let mean = rows.baseline[feature.name] else { return [] }
      return try Heat.maps(
        byHiding: feature.name, height, width, behind: mean, rows.attribution, inputs, outputs)
    }
    guard let found = try rows.values(by: method, inputs, outputs)[feature.name] else { return [] }
    let values = try (method == .saliency ? found.max(1) : found.sum(1)).to(.cpu).contiguous()
      .array(Float.self)
    return outputs.indices.map { row in
      Array(values[row * height * width..<(row + 1) * height * width])
    }
  }
}
