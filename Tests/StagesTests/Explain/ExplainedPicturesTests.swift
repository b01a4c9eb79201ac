import Tensor
import Testing

@testable import Dataset
@testable import Stages

@Suite struct `Explained pictures` {
  /// As they are in the sheet of an augment stage.
  @Test func `that a table names stay as dark as they are`() throws {
    let stage = try StageRun()
    var lines = ["photo,kind"]
    for row in 0..<10 {
      let pixels = (0..<64).map { UInt8($0 % 2 == 0 ? 10 : 40) }
      try ImageCodec.writePNG(
        pixels, of: Picture(channels: 1, height: 8, width: 8), to: stage.path + "/\(row).png")
      lines.append("\(row).png,\(row % 2 == 0 ? "a" : "b")")
    }
    try stage.write("rows.csv", lines.joined(separator: "\n") + "\n")
    let dataset = try stage.run(
      Load.self,
      """
      csv: rows.csv
      target: kind
      features: {photo: {columns: photo, kind: image, root: ., size: 8, color: grey}}
      split: {train: 60%, test: 40%}
      """, to: "data")
    let feature = try #require(dataset.description.features.first)
    #expect(feature.type == .uint8 && !feature.columns.isEmpty)
    let reader = try #require(dataset[.train])
    let pictures = try #require(ExplainedPictures(dataset, reader))
    let tile = try #require(pictures.tiles(of: [0, 1]).first)
    #expect(Set(tile.pixels) == [10, 40])
  }
}
