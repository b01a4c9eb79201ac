import Diagnostics
import Testing
import YAML

@testable import Dataset

@Suite struct ImageCodecTests {
  private let files: [Value]
  private let pictures: [Value]

  init() throws {
    let reference = try Reference.read("images")
    files = try #require(reference["decoded"]?.array)
    pictures = try #require(try Reference.read("cleaning")["images"]?.array)
  }

  private func decode(
    _ bytes: [UInt8], as picture: Picture, fit: ImageFit = .stretch, background: Background? = nil
  ) throws(Diagnostic) -> [UInt8] {
    let reader = PictureReader(picture, fit: fit, background: background)
    let batch = reader.read([.bytes(bytes, name: "picture")])
    if let problem = batch.problems[0] { throw problem }
    guard case .uint8(let planes) = batch.values else { return [] }
    return planes
  }

  @Test func `decodes PNG and JPEG as OpenCV does`() throws {
    for file in files {
      let name = file["name"]?.string ?? ""
      let bytes = try file.bytes("file")
      let info = try ImageCodec.probe(bytes)
      #expect(info.format.rawValue == file["kind"]?.string)
      #expect([info.height, info.width] == [24, 32])
      let tolerance = info.format == .jpeg ? 2 : name == "16 bits" ? 1 : 0
      for (channels, key) in [(3, "rgb"), (1, "grey")] {
        let picture = Picture(channels: channels, height: 24, width: 32)
        let pixels = try decode(bytes, as: picture)
        let difference = largestDifference(pixels, try file.bytes(key))
        #expect(difference <= max(tolerance, 2 - channels), "\(name) \(info.format) \(key)")
      }
    }
  }

  @Test(arguments: [
    ("median", Denoising.median(size: 3), 0), ("mean", .mean(size: 3), 1),
    ("gaussian", .gaussian(size: 5, sigma: 1), 1),
    ("bilateral", .bilateral(size: 5, strength: 30, spread: 2), 2),
    ("non-local-means", .nonLocalMeans(size: 7, search: 21, strength: 10), 1),
  ])
  func `denoises as OpenCV does`(name: String, filter: Denoising, tolerance: Int) throws {
    for picture in pictures {
      let channels = try #require(picture["channels"]?.int)
      let shape = Picture(channels: channels, height: 20, width: 24)
      let input = try picture.bytes("input")
      let result = try ImageCodec.denoise(input + input, of: shape, by: filter)
      let expected = try picture.bytes(name)
      #expect(largestDifference(result, expected + expected) <= tolerance, "\(channels) channels")
    }
  }

  /// Four rows of eight pixels, each row and half of its own level.
  private func halves() throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let levels: [UInt8] = (0..<4).flatMap { row in (0..<8).map { UInt8(row * 10 + $0) } }
    let shape = Picture(channels: 1, height: 4, width: 8)
    try ImageCodec.writePNG(levels, of: shape, to: folder.path + "/p.png")
    return [UInt8](try #require(folder.contents("p.png")))
  }

  @Test func `covers, contains and stretches`() throws {
    let bytes = try halves()
    let square = Picture(channels: 1, height: 4, width: 4)
    let cover = try decode(bytes, as: square, fit: .cover)
    #expect(cover == (0..<4).flatMap { row in (2..<6).map { UInt8(row * 10 + $0) } })
    let contain = try decode(bytes, as: square, fit: .contain)
    #expect(Array(contain[0..<4]) == [0, 0, 0, 0])
    #expect(Array(contain[12..<16]) == [0, 0, 0, 0])
    #expect(contain[4] == 8 && contain[8] == 24)
    let framed = try decode(
      bytes, as: square, fit: .contain, background: Background(red: 9, green: 9, blue: 9))
    #expect(Array(framed[0..<4]) == [9, 9, 9, 9])
    #expect(Array(framed[4..<12]) == Array(contain[4..<12]))
    let stretch = try decode(bytes, as: square, fit: .stretch)
    #expect(stretch[0] == 1 && stretch[12] == 31)
    #expect(stretch.count == 16)
  }

  @Test(
    arguments: [
      ([], "the file is empty"),
      (
        Array("<html>not an image</html>".utf8),
        "the content is none of JPEG, PNG, WebP, TIFF and BMP"
      ),
      ([0xff, 0xd8, 0xff, 0xe0, 0, 4], "the JPEG is damaged: "),
      ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0], "the PNG is damaged"),
    ] as [([UInt8], String)])
  func `says why bytes are no image`(bytes: [UInt8], reason: String) {
    let problem = #expect(throws: Diagnostic.self) { try ImageCodec.probe(bytes) }
    #expect(problem?.message.prefix(reason.count) == reason[...])
  }

  @Test func `refuses every image that is cut short`() throws {
    for file in files {
      let bytes = try file.bytes("file")
      let picture = Picture(channels: 3, height: 24, width: 32)
      for length in stride(from: 0, to: bytes.count * 9 / 10, by: 23) {
        #expect(throws: Diagnostic.self, "\(file["name"] ?? nil) cut to \(length)") {
          try decode(Array(bytes.prefix(length)), as: picture)
        }
      }
    }
  }

  @Test func `survives damaged images`() throws {
    var generator = SystemRandomNumberGenerator()
    for file in files {
      let bytes = try file.bytes("file")
      for _ in 0..<200 {
        var damaged = bytes
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        damaged[place] = UInt8.random(in: 0...255, using: &generator)
        let picture = Picture(channels: 3, height: 8, width: 8)
        _ = try? decode(damaged, as: picture, fit: .cover)
      }
    }
  }

  @Test func `refuses a size that nobody decodes`() throws {
    var bytes = try files[0].bytes("file")
    // The width and height of a PNG, whose checksum libpng verifies only after reading them.
    bytes.replaceSubrange(16..<24, with: [0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff])
    #expect(throws: Diagnostic.self) { try ImageCodec.probe(bytes) }
  }

  @Test func `refuses a window without a middle`() throws {
    let picture = Picture(channels: 1, height: 2, width: 2)
    let problem = #expect(throws: Diagnostic.self) {
      try ImageCodec.denoise([1, 2, 3, 4], of: picture, by: .median(size: 4))
    }
    #expect(problem?.message == "the kernel is 4, not odd within 1...99")
  }

  /// TIFF data with nothing but an orientation.
  private func exif(_ orientation: UInt8, bigEndian: Bool) -> [UInt8] {
    bigEndian
      ? [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
      : [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
  }

  /// The pixel of the stored picture (24 rows, 32 columns) that is seen at a place.
  private func source(_ orientation: UInt8, _ row: Int, _ column: Int) -> (Int, Int) {
    switch orientation {
    case 2: (row, 31 - column)
    case 3: (23 - row, 31 - column)
    case 4: (23 - row, column)
    case 5: (column, row)
    case 6: (23 - column, row)
    case 7: (23 - column, 31 - row)
    case 8: (column, 31 - row)
    default: (row, column)
    }
  }

  private func expectTurned(
    _ plain: [UInt8], _ marked: [UInt8], _ orientation: UInt8, _ format: String
  ) throws {
    let info = try ImageCodec.probe(marked)
    let isUpright = orientation < 5
    #expect([info.height, info.width] == (isUpright ? [24, 32] : [32, 24]))
    #expect(info.isTurned == (orientation != 1))
    let stored = try decode(plain, as: Picture(channels: 1, height: 24, width: 32))
    let seen = Picture(channels: 1, height: info.height, width: info.width)
    let pixels = try decode(marked, as: seen)
    let expected = (0..<info.height).flatMap { row in
      (0..<info.width).map { column in
        let (storedRow, storedColumn) = source(orientation, row, column)
        return stored[storedRow * 32 + storedColumn]
      }
    }
    #expect(pixels == expected, "\(format) of orientation \(orientation)")
  }

  @Test(arguments: 1...8 as ClosedRange<UInt8>)
  func `turns pictures as their EXIF data states`(orientation: UInt8) throws {
    let jpeg = try #require(files.first { $0["kind"]?.string == "jpeg" }).bytes("file")
    let tiff = exif(orientation, bigEndian: orientation % 2 == 0)
    let segment = Array("Exif\0\0".utf8) + tiff
    let length = UInt8(segment.count + 2)
    let marked = Array(jpeg[..<2]) + [0xff, 0xe1, 0, length] + segment + Array(jpeg[2...])
    try expectTurned(jpeg, marked, orientation, "JPEG")

    let png = try files[0].bytes("file")
    let body = Array("eXIf".utf8) + tiff
    let sum = crc(body)
    let chunk =
      [0, 0, 0, UInt8(tiff.count)] + body + [24, 16, 8, 0].map { UInt8(sum >> $0 & 0xff) }
    try expectTurned(png, Array(png[..<33]) + chunk + Array(png[33...]), orientation, "PNG")
  }

  /// The checksum of a PNG's chunk (RFC 2083, annex 15).
  private func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { bits, _ in
        bits & 1 == 1 ? 0xedb8_8320 ^ (bits >> 1) : bits >> 1
      }
    }
  }

  @Test func `takes damaged EXIF data for none`() throws {
    let jpeg = try #require(files.first { $0["kind"]?.string == "jpeg" }).bytes("file")
    for length in 0..<26 {
      let tiff = Array((exif(6, bigEndian: true) + [0, 0, 0, 0]).prefix(length))
      let segment = Array("Exif\0\0".utf8) + tiff
      let marked =
        Array(jpeg[..<2]) + [0xff, 0xe1, 0, UInt8(segment.count + 2)] + segment + Array(jpeg[2...])
      let info = try ImageCodec.probe(marked)
      #expect(info.isTurned == (length >= 20), "\(length) bytes")
    }
  }
}
