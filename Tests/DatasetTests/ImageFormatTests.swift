import Diagnostics
import Options
import Tensor
import Testing
import YAML

@testable import Dataset

/// Image files of every kind, as Pillow has them; see `Tests/References/images.py`.
@Suite struct ImageFormatTests {
  private let reference: Value

  init() throws { reference = try Reference.read("images") }

  private func entries(_ key: String) throws -> [Value] { try #require(reference[key]?.array) }

  private func label(_ file: Value) -> String {
    [file["kind"]?.string, file["name"]?.string].compactMap { $0 }.joined(separator: ": ")
  }

  private func decode(
    _ bytes: [UInt8], height: Int, width: Int, channels: Int = 3, fit: ImageFit = .stretch,
    background: Background? = nil, depth: ImageDepth = .bits8
  ) throws(Diagnostic) -> ColumnValues {
    let picture = Picture(channels: channels, height: height, width: width)
    let reader = PictureReader(picture, fit: fit, background: background, depth: depth)
    let batch = reader.read([.bytes(bytes, name: "picture")])
    if let problem = batch.problems[0] { throw problem }
    return batch.values
  }

  @Test func `decodes every format as Pillow does`() throws {
    for file in try entries("formats") {
      let name = label(file)
      let bytes = try file.bytes("file")
      let info = try ImageCodec.probe(bytes)
      #expect(info.format.rawValue == file["kind"]?.string)
      #expect([info.height, info.width] == [13, 19], "\(name)")
      let pixels = try decode(bytes, height: 13, width: 19).bytes
      let tolerance = try #require(file["tolerance"]?.int)
      #expect(largestDifference(pixels, try file.bytes("rgb")) <= tolerance, "\(name)")
    }
  }

  @Test func `keeps the 16 bits of a sample`() throws {
    let deep = try entries("formats").filter { $0["deep"] != nil }
    #expect(deep.count == 4)
    for file in deep {
      let levels = try file.bytes("deep")
      let expected = stride(from: 0, to: levels.count, by: 2).map {
        Float(UInt16(levels[$0]) | UInt16(levels[$0 + 1]) << 8)
      }
      let pixels = try decode(
        file.bytes("file"), height: 13, width: 19, channels: expected.count / (13 * 19),
        depth: .bits16)
      #expect(pixels == .float32(expected), "\(label(file))")
    }
    let bytes = try entries("formats")[0].bytes("file")
    guard
      case .uint8(let narrow) = try decode(bytes, height: 13, width: 19, channels: 1),
      case .float32(let wide) = try decode(
        bytes, height: 13, width: 19, channels: 1, depth: .bits16)
    else {
      Issue.record("8 bits become bytes, and 16 become real numbers")
      return
    }
    #expect(wide == narrow.map { Float($0) * 257 })
  }

  @Test func `lays what is transparent over the background`() throws {
    let file = try #require(
      try entries("formats").first { $0["name"]?.string == "lossless and transparent" })
    let bytes = try file.bytes("file")
    let black = try decode(bytes, height: 13, width: 19, background: .black).bytes
    let white = try decode(bytes, height: 13, width: 19).bytes
    // The first pixel is clear, and the last is not at all.
    #expect([black[0], white[0]] == [0, 255])
    #expect(black[13 * 19 - 1] == white[13 * 19 - 1])
  }

  @Test func `turns pictures of each format that tells an orientation`() throws {
    let upright = try reference.bytes("upright")
    for file in try entries("turned") {
      let bytes = try file.bytes("file")
      let info = try ImageCodec.probe(bytes)
      #expect(info.isTurned && [info.height, info.width] == [19, 13])
      let pixels = try decode(bytes, height: 19, width: 13).bytes
      let tolerance = info.format == .jpeg ? 6 : 0
      #expect(largestDifference(pixels, upright) <= tolerance, "\(info.format)")
    }
  }

  @Test func `finds camera data at the end of a long file`() throws {
    let entry = try #require(try entries("turned").first { $0["kind"]?.string == "webp" })
    var bytes = try entry.bytes("file")
    let exif = try #require(
      bytes.indices.first { bytes[$0...].starts(with: Array("EXIF".utf8)) })
    bytes.insert(
      contentsOf: Array("XTRA".utf8) + [0, 128, 0, 0] + [UInt8](repeating: 0, count: 1 << 15),
      at: exif)
    let size = bytes.count - 8
    bytes.replaceSubrange(4..<8, with: [0, 8, 16, 24].map { UInt8(size >> $0 & 0xff) })
    let folder = try TemporaryFolder()
    let info = try PictureSource.file(try folder.file("long.webp", bytes)).probe()
    #expect(info.isTurned && [info.height, info.width] == [19, 13])
  }

  @Test(arguments: [
    ("RGB ", "Display P3", true), ("RGB ", "sRGB IEC61966-2.1", false), ("GRAY", "dot", false),
  ])
  func `tells colour profiles other than sRGB`(space: String, name: String, isOther: Bool) throws {
    let entry = try #require(try entries("formats").first { $0["name"]?.string == "4:4:4" })
    let bytes = try entry.bytes("file")
    var profile = [UInt8](repeating: 0, count: 128) + Array(name.utf8)
    profile.replaceSubrange(16..<20, with: Array(space.utf8))
    let segment = Array("ICC_PROFILE\0\u{1}\u{1}".utf8) + profile
    let marked =
      Array(bytes[..<2]) + [0xff, 0xe2, 0, UInt8(segment.count + 2)] + segment + bytes[2...]
    #expect(try ImageCodec.probe(marked).isProfiled == isOther)
  }

  @Test func `resamples as Pillow and torchvision do with antialiasing`() throws {
    for file in try entries("resampled") {
      let height = try #require(file["height"]?.int)
      let width = try #require(file["width"]?.int)
      let name = "\(label(file)) to \(height)x\(width)"
      let fit = try #require(file["fit"]?.string.flatMap(ImageFit.init(rawValue:)))
      let expected = try file.bytes("rgb")
      let pixels = try decode(file.bytes("file"), height: height, width: width, fit: fit).bytes
      if file["name"]?.string == "png" {
        #expect(largestDifference(pixels, expected) <= 1, "\(name)")
      } else {
        let squares = zip(pixels, expected).reduce(0.0) { sum, pair in
          let difference = Double(pair.0) - Double(pair.1)
          return sum + difference * difference
        }
        // 44 dB of 255.
        #expect(squares / Double(expected.count) <= 255 * 255 / 25_119, "\(name)")
      }
    }
  }

  @Test func `refuses every file that is cut short`() throws {
    for file in try entries("formats") {
      let bytes = try file.bytes("file")
      // What is behind the pixels may be missing: a directory's end, or padding.
      let kind = file["kind"]?.string
      let most = kind == "png" ? bytes.count - 12 : kind == "jpeg" ? bytes.count - 2 : bytes.count
      var accepted: [Int] = []
      for length in 0..<most
      where (try? decode(Array(bytes[..<length]), height: 5, width: 5)) != nil {
        accepted.append(length)
      }
      let name = file["name"]?.string ?? ""
      let mayLack = ["several pages": bytes.count, "animated": bytes.count][name] ?? 4
      #expect(
        accepted.allSatisfy { bytes.count - $0 <= mayLack },
        "\(kind ?? ""): \(name) of \(bytes.count) at \(accepted.prefix(3))")
    }
  }

  @Test func `survives damaged files`() throws {
    var generator = SystemRandomNumberGenerator()
    for file in try entries("formats") {
      let bytes = try file.bytes("file")
      for _ in 0..<25 {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          damaged[place] = UInt8.random(in: 0...255, using: &generator)
        }
        _ = try? decode(damaged, height: 8, width: 8, fit: .cover)
        _ = try? decode(damaged, height: 8, width: 8, channels: 1, depth: .bits16)
      }
    }
  }

  @Test(arguments: [
    // A BMP of 65536 x 65536 pixels, and one of a width below nothing.
    ("BM", [0, 0, 1, 0, 0, 0, 1, 0]), ("BM", [0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0]),
  ])
  func `refuses a size before anything is allocated`(start: String, sides: [UInt8]) {
    let bytes =
      Array(start.utf8) + [0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0] + sides
      + [1, 0, 24, 0] + [UInt8](repeating: 0, count: 40)
    let problem = #expect(throws: Diagnostic.self) { try ImageCodec.probe(bytes) }
    #expect(problem?.message.hasPrefix("the image claims ") == true)
  }

  @Test func `refuses a length that the file does not have before memory is asked for`() throws {
    let bytes = try #require(try entries("formats").first { $0["name"]?.string == "bilevel" })
      .bytes("file")
    // A chunk of 2 GiB behind the header.
    let lying = Array(bytes[..<33]) + [0x7f, 0, 0, 0] + Array("eXIf".utf8) + Array(bytes[33...])
    let problem = #expect(throws: Diagnostic.self) { try ImageCodec.probe(lying) }
    #expect(problem?.message == "the PNG is damaged: the file ends too early")
  }

  @Test(arguments: [
    ("white", Background.white), ("black", .black),
    ("#0a80FF", Background(red: 10, green: 128, blue: 255)),
  ])
  func `reads the colours of backgrounds`(text: String, background: Background) throws {
    #expect(Background(text) == background)
    #expect(Background(background.text) == background)
  }

  @Test(arguments: ["grey", "#fff", "#12345g", "123456", "#+12345"])
  func `refuses what is no colour`(text: String) throws {
    let thrown = #expect(throws: Diagnostics.self) {
      try Background.decode(Node(parsing: "'\(text)'", file: "p.yaml"))
    }
    #expect(thrown?.first?.message == "'\(text)' is no colour of a background")
  }
}
