import Diagnostics
import Testing
import YAML

@testable import Dataset

@Suite struct ImageSourceTests {
  private let folder: TemporaryFolder
  private let files: [Value]

  init() throws {
    folder = try TemporaryFolder()
    files = try #require(try Reference.read("images").array)
  }

  private func items() throws -> [ImageSource.Item] {
    let png = try files[0].bytes("file")
    let jpeg = try files[4].bytes("file")
    return [
      .init(try folder.file("b/1.png", png), label: "b"),
      .init(try folder.file("a/1.jpg", jpeg), label: "a"),
      .init(try folder.file("a/cut.jpg", Array(jpeg.prefix(jpeg.count * 9 / 10))), label: "a"),
      .init(try folder.file("a/text.png", "no image"), label: "a"),
    ]
  }

  @Test func `reads images with their classes and lists what is none`() throws {
    var source = ImageSource(try items(), channels: 3, size: (16, 16), fit: .cover)
    var bad = BadRows(.skip)
    let facts = try source.survey(&bad)
    #expect(source.target?.classes == ["a", "b"])
    #expect(source.features.map(\.shape) == [[3, 16, 16]])
    #expect(facts.ids == [0, 1, 2])
    #expect(facts.labels == [1, 0, 0])
    var blocks: [Block] = []
    try source.read(&bad, where: { facts.ids.contains($0) }) { blocks.append($0) }
    #expect(blocks.flatMap(\.rows) == [0, 1])
    #expect(blocks.first?.target == .int64([1, 0]))
    #expect(
      bad.listed.map { $0.message.prefix(34) } == [
        "a/text.png: the content is neither", "a/cut.jpg: the JPEG is damaged: Pr",
      ])
  }

  @Test func `needs a size where images differ`() throws {
    let small = Picture(channels: 1, height: 2, width: 2)
    try ImageCodec.writePNG([1, 2, 3, 4], of: small, to: folder.path + "/small.png")
    let item = ImageSource.Item(SourceFile(path: folder.path + "/small.png", name: "small.png"))
    var source = ImageSource(
      [.init(try items()[0].file), item], channels: 3, size: nil, fit: .cover)
    var bad = BadRows(.error)
    _ = try source.survey(&bad)
    let thrown = #expect(throws: Diagnostics.self) { try bad.throwIfErrors() }
    #expect(thrown?.first?.message == "small.png is 2x2 where b/1.png is 32x24")
    #expect(source.target == nil)
  }

  @Test func `names the format of what is neither PNG nor JPEG`() throws {
    let webp = Array("RIFF\0\0\0\0WEBPVP8 ".utf8)
    let bmp: [UInt8] = [0x42, 0x4d, 60, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0]
    let items = [
      ImageSource.Item(try folder.file("w.png", webp)),
      ImageSource.Item(try folder.file("b.jpg", bmp)),
      ImageSource.Item(try folder.file("empty.png", "")),
      ImageSource.Item(
        try folder.file("l.png", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n")),
    ]
    var source = ImageSource(items, channels: 3, size: nil, fit: .cover)
    var bad = BadRows(.skip)
    _ = try source.survey(&bad)
    #expect(
      bad.listed.map(\.message) == [
        "w.png: the content is a WebP image, which is not read",
        "b.jpg: the content is a BMP image, which is not read", "empty.png: the file is empty",
        "l.png: the content is a pointer of Git LFS, whose file `git lfs pull` fetches, which is not read",
      ])
  }

  @Test func `says what is lost of deep and transparent pictures`() throws {
    let deep = try #require(files.first { $0["name"]?.string == "16 bits" }).bytes("file")
    let plain = try files[4].bytes("file")
    var source = ImageSource(
      [
        .init(try folder.file("deep.png", deep), label: "a"),
        .init(try folder.file("plain.jpg", plain), label: "a"),
      ], channels: 3, size: nil, fit: .cover)
    var bad = BadRows(.error)
    _ = try source.survey(&bad)
    #expect(
      source.warnings.map(\.message).first
        == "the 16 bits of 1 of 2 images, such as 'deep.png', become 8")
  }
}
