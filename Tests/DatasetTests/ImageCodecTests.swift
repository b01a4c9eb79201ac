import Diagnostics
import Testing
import YAML

@testable import Dataset

@Suite struct ImageCodecTests {
  private let files: [Value]
  private let pictures: [Value]

  init() throws {
    files = try #require(try Reference.read("images").array)
    pictures = try #require(try Reference.read("cleaning")["images"]?.array)
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
        let pixels = try ImageCodec.decode(bytes, as: picture, fit: .stretch)
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

  @Test func `resamples as OpenCV does`() throws {
    let folder = try TemporaryFolder()
    for picture in pictures {
      let channels = try #require(picture["channels"]?.int)
      let path = folder.path + "/picture.png"
      let shape = Picture(channels: channels, height: 20, width: 24)
      try ImageCodec.writePNG(picture.bytes("input"), of: shape, to: path)
      let bytes = [UInt8](try #require(folder.contents("picture.png")))
      for (name, height, width) in [("half", 10, 12), ("double", 40, 48)] {
        let wanted = Picture(channels: channels, height: height, width: width)
        let pixels = try ImageCodec.decode(bytes, as: wanted, fit: .stretch)
        #expect(largestDifference(pixels, try picture.bytes(name)) <= 1, "\(name)")
      }
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
    let cover = try ImageCodec.decode(bytes, as: square, fit: .cover)
    #expect(cover == (0..<4).flatMap { row in (2..<6).map { UInt8(row * 10 + $0) } })
    let contain = try ImageCodec.decode(bytes, as: square, fit: .contain)
    #expect(Array(contain[0..<4]) == [0, 0, 0, 0])
    #expect(Array(contain[12..<16]) == [0, 0, 0, 0])
    #expect(contain[4] == 6 && contain[8] == 26)
    let stretch = try ImageCodec.decode(bytes, as: square, fit: .stretch)
    #expect(stretch[0] == 1 || stretch[0] == 0)
    #expect(stretch.count == 16)
  }

  @Test(
    arguments: [
      ([], "the file is empty"),
      (Array("<html>not an image</html>".utf8), "the content is neither PNG nor JPEG"),
      ([0xff, 0xd8, 0xff, 0xe0, 0, 4], "the JPEG's header cannot be read"),
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
          try ImageCodec.decode(Array(bytes.prefix(length)), as: picture, fit: .stretch)
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
        _ = try? ImageCodec.decode(damaged, as: picture, fit: .cover)
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
}
