import Diagnostics
import Tensor
import Testing
import YAML

@testable import Dataset

@Suite struct ImageSourceTests {
  private let folder: TemporaryFolder
  private let files: [Value]

  init() throws {
    folder = try TemporaryFolder()
    files = try #require(try Reference.read("images")["decoded"]?.array)
  }

  private static let anySize = PictureReader(Picture(channels: 3, height: 1, width: 1))

  private func items() throws -> [ListedFile] {
    let png = try files[0].bytes("file")
    let jpeg = try files[3].bytes("file")
    return [
      .init(try folder.file("b/1.png", png), label: "b"),
      .init(try folder.file("a/1.jpg", jpeg), label: "a"),
      .init(try folder.file("a/cut.jpg", Array(jpeg.prefix(jpeg.count * 9 / 10))), label: "a"),
      .init(try folder.file("a/text.png", "no image"), label: "a"),
    ]
  }

  @Test func `reads images with their classes and lists what is none`() throws {
    var source = ImageSource(
      try items(), reader: PictureReader(Picture(channels: 3, height: 16, width: 16)))
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
        "a/text.png: the content is none of", "a/cut.jpg: the JPEG is damaged: Pr",
      ])
  }

  @Test func `needs a size where images differ`() throws {
    let small = Picture(channels: 1, height: 2, width: 2)
    try ImageCodec.writePNG([1, 2, 3, 4], of: small, to: folder.path + "/small.png")
    let item = ListedFile(SourceFile(path: folder.path + "/small.png", name: "small.png"))
    var source = ImageSource(
      [.init(try items()[0].file), item], reader: Self.anySize, hasSize: false)
    var bad = BadRows(.error)
    _ = try source.survey(&bad)
    let thrown = #expect(throws: Diagnostics.self) { try bad.throwIfErrors() }
    #expect(thrown?.first?.message == "small.png is 2x2 where b/1.png is 32x24")
    #expect(source.target == nil)
  }

  @Test func `names the format of what is not read`() throws {
    let gif = Array("GIF89a\u{1}\0\u{1}\0".utf8)
    let heif = [0, 0, 0, 24] + Array("ftypheic".utf8)
    let items = [
      ListedFile(try folder.file("g.png", gif)),
      ListedFile(try folder.file("h.jpg", heif)),
      ListedFile(try folder.file("empty.png", "")),
      ListedFile(
        try folder.file("l.png", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n")),
    ]
    var source = ImageSource(items, reader: Self.anySize, hasSize: false)
    var bad = BadRows(.skip)
    _ = try source.survey(&bad)
    #expect(
      bad.listed.map(\.message) == [
        "g.png: the content is a GIF image, which is not read",
        "h.jpg: the content is an HEIF image, which is not read", "empty.png: the file is empty",
        "l.png: the content is a pointer of Git LFS, whose file `git lfs pull` fetches, which is not read",
      ])
  }

  @Test func `says what becomes of deep and transparent pictures`() throws {
    let formats = try #require(try Reference.read("images")["formats"]?.array)
    func item(_ kind: String, _ name: String) throws -> ListedFile {
      let entry = try #require(
        formats.first { $0["kind"]?.string == kind && $0["name"]?.string == name })
      return .init(try folder.file("\(name).\(kind)", try entry.bytes("file")), label: "a")
    }
    let items = [
      try item("png", "grey of 16 bits"), try item("webp", "lossless and transparent"),
      try item("tiff", "several pages"), try item("bmp", "24 bits"),
    ]
    var source = ImageSource(items, reader: Self.anySize, hasSize: false)
    var bad = BadRows(.error)
    _ = try source.survey(&bad)
    #expect(
      source.warnings.map(\.message) == [
        "the 16 bits of 1 of 4 images, such as 'grey of 16 bits.png', become 8"
      ])
    #expect(
      source.remarks == [
        "the transparent pixels of 1 of 4 images, such as 'lossless and transparent.webp', are laid over "
          + "white; 'background' is another colour",
        "1 of 4 images, such as 'several pages.tiff', hold several pictures; the first is taken",
      ])
    #expect(
      try source.overview()
        == DataOverview(
          headings: ["class", "images", "size", "format", "colour"],
          rows: [["a", "4", "19x13", "1 BMP, 1 PNG, 1 TIFF, 1 WebP", "3 colour, 1 grey"]]))
  }

  @Test func `keeps 16 bits as real numbers where that is asked for`() throws {
    let formats = try #require(try Reference.read("images")["formats"]?.array)
    let entry = try #require(formats.first { $0["name"]?.string == "grey of 16 bits" })
    let deep = try folder.file("deep.png", try entry.bytes("file"))
    let levels = try entry.bytes("deep")
    let expected = stride(from: 0, to: levels.count, by: 2).map {
      Float(UInt16(levels[$0]) | UInt16(levels[$0 + 1]) << 8)
    }
    let grey = Picture(channels: 1, height: 13, width: 19)
    let source = ImageSource(
      [.init(deep)], reader: PictureReader(grey, fit: .stretch, depth: .bits16))
    #expect(source.features.map(\.type) == [.float32])
    var bad = BadRows(.error)
    var values: [ColumnValues?] = []
    try source.read(&bad, where: { _ in true }) { values.append($0.features["image"]) }
    #expect(values == [.float32(expected)])
  }

  @Test(arguments: [1, 2, 3])
  func `gives the same blocks whatever the number of threads`(threads: Int) throws {
    let jpeg = try files[3].bytes("file")
    let broken = Array(jpeg.prefix(jpeg.count / 2))
    let items = try (0..<40).map { index in
      ListedFile(try folder.file("\(index).jpg", index % 7 == 3 ? broken : jpeg))
    }
    let reader = PictureReader(Picture(channels: 3, height: 9, width: 5))
    try DataEngine.setThreads(threads)
    defer { try? DataEngine.setThreads(2) }
    let expected = reader.read([.file(items[0].file)]).values
    var rows: [Int] = []
    var problems: [Int] = []
    try reader.forEachBatch(of: items.map { .file($0.file) }, count: 7) { batch in
      rows += batch.good.map { $0 + batch.start }
      problems += batch.problems.keys.map { $0 + batch.start }.sorted()
      for place in batch.good.indices {
        #expect(batch.values.rows([place], width: reader.picture.count) == expected)
      }
    }
    #expect(problems == [3, 10, 17, 24, 31, 38])
    #expect(rows == (0..<40).filter { $0 % 7 != 3 })
  }
}
