import Foundation
import Network
import Tensor
import Testing
import YAML

@testable import Dataset

@Suite struct DatasetProfileTests {
  private let features = [
    Feature(
      name: "numbers", kind: .numbers, shape: [2], type: .float32, columns: ["age", "income"]),
    Feature(
      name: "colour", kind: .category, shape: [1], type: .int32, columns: ["colour"],
      categories: ["blue", "green", "red"]),
  ]
  private let target = Target(name: "kind", task: .classification, classes: ["a", "b"])

  private func block(_ rows: Range<Int>) -> Block {
    Block(
      rows: rows.map(Int64.init),
      features: [
        "numbers": .float32(rows.flatMap { [Float($0 % 7), $0 % 10 == 0 ? .nan : Float($0)] }),
        "colour": .int32(rows.map { $0 % 5 == 4 ? -1 : Int32($0 % 2) }),
      ], target: .int64(rows.map { Int64($0 % 4 == 0 ? 1 : 0) }))
  }

  @Test func `tells what the columns hold`() {
    var profiler = DatasetProfiler(features, target, rows: 100)
    profiler.add(block(0..<60))
    profiler.add(block(60..<100))
    let profile = profiler.profile
    #expect(profile.sampled == 100)
    #expect(profile.columns.map(\.name) == ["kind", "age", "income", "colour"])
    #expect(profile.columns.map(\.missing) == [0, 0, 10, 20])
    #expect(profile.columns.map(\.distinct) == [2, 7, 90, 2])
    #expect(
      profile.columns[0].shape
        == .texts([.init(text: "a", rows: 75), .init(text: "b", rows: 25)], others: 0))
    guard case .numbers(let histogram, let mean, _) = profile.columns[1].shape else {
      Issue.record("no numbers")
      return
    }
    #expect(histogram.counts == [15, 15, 14, 14, 14, 14, 14])
    #expect(abs(mean - 2.95) < 1e-9)
  }

  @Test func `rows of a large dataset are looked at evenly, however they come in blocks`() {
    func profile(_ size: Int) -> DatasetProfile {
      var profiler = DatasetProfiler(features, target, rows: 30_000)
      for start in stride(from: 0, to: 30_000, by: size) {
        profiler.add(block(start..<min(start + size, 30_000)))
      }
      return profiler.profile
    }
    let whole = profile(30_000)
    #expect(whole.sampled == 10_000)
    #expect(profile(4096) == whole)
    #expect(profile(7) == whole)
  }

  private static let numbers: [(numbers: [Double], counts: [Int], below: Int, above: Int)] = [
    ([1, 1, 1], [3], 0, 0), ([0, 1, 1, 4], [1, 2, 0, 0, 1], 0, 0),
    // What lies far out is counted apart.
    ((0..<200).map { Double($0) } + [1e9, 2e9], [], 2, 2),
    ([-1.7e308, 1.7e308], [], 0, 0),
  ]

  @Test(arguments: numbers)
  func `ranges suit the numbers`(
    numbers: [Double], counts: [Int], below: Int, above: Int
  ) throws {
    let histogram = try #require(Histogram(numbers))
    if !counts.isEmpty { #expect(histogram.counts == counts) }
    #expect(histogram.below == below)
    #expect(histogram.above == above)
    #expect(histogram.counts.reduce(0, +) + below + above == numbers.count)
  }

  @Test func `pictures are written side by side`() throws {
    let folder = try TemporaryFolder()
    let image = Feature(name: "photo", kind: .image, shape: [1, 130, 65], type: .uint8)
    var profiler = DatasetProfiler([image], nil, rows: 3)
    let pixels = [UInt8](repeating: 9, count: 3 * image.width)
    profiler.add(Block(rows: [0, 1, 2], features: ["photo": .uint8(pixels)]))
    try profiler.write(to: folder.path)
    let png = [UInt8](try Data(contentsOf: URL(filePath: folder.path + "/samples.png")))
    let info = try ImageCodec.probe(png)
    // Each is made smaller by three.
    #expect(info.height == 43 + 4)
    #expect(info.width == 3 * (21 + 2) + 2)
    let text = try String(contentsOfFile: folder.path + "/profile.json", encoding: .utf8)
    #expect(try Value(parsingJSON: text)["columns"]?[0]?["kind"] == "image")
  }
}
