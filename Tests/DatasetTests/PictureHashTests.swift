import Foundation
import Testing
import YAML

@testable import Dataset

@Suite struct PictureHashTests {
  @Test func `hashes pictures as imagehash does`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../References/hashes.json")
    for item in try Value(parsingJSON: Data(contentsOf: file)).array ?? [] {
      let planes = try #require(item["planes"]?.string.flatMap { Data(base64Encoded: $0) })
      let picture = Picture(
        channels: item["channels"]?.int ?? 0, height: item["height"]?.int ?? 0,
        width: item["width"]?.int ?? 0)
      for hash in PictureHash.allCases {
        let text = try #require(item[hash.rawValue]?.string)
        let wanted = try #require(UInt64(text, radix: 16))
        let found = try hash.hashes(of: Array(planes), picture)
        let bits = (found[0] ^ wanted).nonzeroBitCount
        #expect(bits <= (hash == .perceptual ? 2 : 0), "\(hash) of \(picture)")
      }
    }
  }

  @Test func `hashes pictures one by one or together alike`() throws {
    let picture = Picture(channels: 3, height: 20, width: 30)
    let planes = (0..<5 * picture.count).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
    let together = try PictureHash.perceptual.hashes(of: planes, picture)
    let alone = try (0..<5).flatMap { index in
      try PictureHash.perceptual.hashes(
        of: Array(planes[index * picture.count..<(index + 1) * picture.count]), picture)
    }
    #expect(together == alone)
  }
}
