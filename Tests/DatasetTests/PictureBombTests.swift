import Diagnostics
import Foundation
import Network
import Options
import Testing
import YAML

@testable import Dataset

/// Small pictures and sounds that claim, or inflate to, far more than they are.
@Suite struct PictureBombTests {
  @Test func `bears pictures that claim more pixels than there are bytes`() async {
    await #expect(processExitsWith: .success) {
      let end = ("IEND", [UInt8]())
      let line = Bombs.zlib(zeros: 1 << 16)
      let refused: [([UInt8], String)] = [
        (
          Bombs.png([("IHDR", Bombs.pngHeader(1_000_000_000, 1)), ("IDAT", line), end]),
          "the PNG is damaged"
        ),
        (
          Bombs.png([("IHDR", Bombs.pngHeader(200_000, 200_000)), ("IDAT", line), end]),
          "the image claims 200000x200000 pixels"
        ),
        (Bombs.webp(16384, 16384), "the image claims 16384x16384 pixels"),
        (Bombs.webp(8000, 8000), "the WebP is damaged"),
        (Bombs.tiff([(256, 1_000_000_000), (257, 1)]), "TIFF directory is missing"),
      ]
      for (bytes, fact) in refused { try expect(bytes, fact, within: 300) }
      // A strip of 128 MiB, and tiles of more than any memory.
      let strip: [(tag: Int, value: Int)] = [
        (256, 16384), (257, 8192), (258, 8), (259, 8), (262, 1), (273, -1), (277, 1), (278, 8192),
      ]
      let zeros = Bombs.zlib(zeros: 1 << 22)
      try expect(
        Bombs.tiff(strip + [(279, zeros.count)], zeros), "more than is decoded", within: 64)
      try expect(
        Bombs.tiff(strip.map { $0.tag == 257 ? (257, 256) : $0 } + [(279, Int(UInt32.max))], zeros),
        "TIFF", within: 64)
      let tiles = [
        (256, 64), (257, 64), (258, 8), (259, 1), (262, 1), (277, 1), (322, 1 << 30),
        (323, 1 << 30), (324, -1), (325, 64),
      ]
      try expect(Bombs.tiff(tiles, [0, 0, 0, 0]), "TIFF", within: 64)
    }
  }

  @Test func `bears deflated pixels and texts beyond what a picture has`() async {
    await #expect(processExitsWith: .success) {
      let header = ("IHDR", Bombs.pngHeader(4, 4))
      let inflated = Bombs.zlib(zeros: 1 << 28)
      // What is behind the last row is not inflated.
      try expect(Bombs.png([header, ("IDAT", inflated), ("IEND", [])]), nil, within: 64)
      for kind in ["zTXt", "iCCP"] {
        let chunk = Array("name\0\0".utf8) + inflated
        let pixels = ("IDAT", Bombs.zlib(zeros: 52))
        try expect(
          Bombs.png([header, (kind, chunk), pixels, ("IEND", [])]), nil,
          within: 64)
      }
      // Each row of a wide picture is inflated, and held by itself.
      let wide = ("IHDR", Bombs.pngHeader(1 << 18, 1 << 10, color: 0))
      let rows = Bombs.zlib(zeros: ((1 << 18) + 1) << 10)
      try expect(Bombs.png([wide, ("IDAT", rows), ("IEND", [])]), nil, within: 64)
    }
  }

  @Test func `bears sounds that claim to last for years`() async {
    await #expect(processExitsWith: .success) {
      var settings = AudioSettings()
      settings.seconds = 1
      let form = try #require(settings.form)
      let memory = HeldMemory()
      let sounds = [
        Bombs.flac(samples: (1 << 36) - 1, channels: 8, rate: 655_350),
        Bombs.flac(samples: (1 << 36) - 1, channels: 1, rate: 1), Bombs.wav,
      ]
      for bytes in sounds {
        #expect(throws: Diagnostic.self) { try AudioCodec.features(of: .bytes(bytes), as: form) }
      }
      // Without 'seconds' the longest sets the length: no more than a minute of it.
      let folder = try TemporaryFolder()
      for (index, bytes) in sounds.enumerated() {
        _ = try folder.file("a/\(index).flac", bytes)
      }
      let node = try Node(parsing: "{audio: .}", file: "p.yaml")
      let sources = try SourceSettings.decode(node)
      let kind = try #require(sources.named.first)
      var request = RowRequest()
      request.patterns = sources.patterns(of: kind)
      request.task = RowRequest.Task.none
      var bad = BadRows(.skip)
      var source = try kind.open(sources, request, FileSearch(folder.path))
      _ = try source.survey(&bad)
      try source.read(&bad, where: { _ in true }) { _ in }
      #expect(bad.count == sounds.count, "\(bad.listed)")
      #expect(bad.listed.allSatisfy { $0.description.contains("a/") }, "\(bad.listed)")
      #expect(memory.growth >> 20 <= 128, "\(memory.growth >> 20) MiB")
    }
  }
}

/// Decodes a picture to 8 by 8 pixels, and expects what comes of it and how much memory was held.
private func expect(_ bytes: [UInt8], _ fact: String?, within most: Int) throws {
  let memory = HeldMemory()
  let reader = PictureReader(Picture(channels: 3, height: 8, width: 8), fit: .stretch)
  let problem = reader.read([.bytes(bytes, name: "picture")]).problems[0]?.message
  let held = memory.growth >> 20
  #expect(held <= most, "\(fact ?? "read"): \(held) MiB, \(problem ?? "")")
  if let fact {
    #expect(problem?.contains(fact) == true, "\(problem ?? "\(fact) is read")")
  } else {
    #expect(problem == nil, "\(problem ?? "")")
  }
}
