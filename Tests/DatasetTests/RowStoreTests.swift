import Diagnostics
import Foundation
import Network
import Tensor
import Testing

@testable import Dataset

@Suite struct RowStoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private let layout = ShardLayout(
    features: [
      Feature(name: "n", kind: .numbers, shape: [2], type: .float32, columns: ["a", "b"]),
      Feature(name: "c", kind: .category, shape: [1], type: .int32, columns: ["c"]),
    ], target: Target(name: "t", task: .classification), isWeighted: false)

  private func block(_ ids: Range<Int64>) -> Block {
    Block(
      rows: Array(ids),
      features: [
        "n": .float32(ids.flatMap { [Float($0), .infinity] }),
        "c": .int32(ids.map { Int32($0 % 3) - 1 }),
      ], target: .int64(ids.map { $0 % 2 }))
  }

  /// Keeps ten blocks and reads them again.
  private func kept(_ store: inout RowStore) throws -> Block {
    for start in stride(from: Int64(0), to: 1000, by: 100) {
      try store.append(block(start..<start + 100))
    }
    try store.finish()
    var all = layout.emptyBlock
    try store.forEach { all.append($0) }
    return all
  }

  @Test(arguments: [1 << 20, 5000, 0])
  func `gives rows back, from memory or from a file without a name`(mostBytes: Int) throws {
    var store = RowStore(layout, in: folder.path + "/out", mostBytes: mostBytes)
    let all = try kept(&store)
    let expected = block(0..<1000)
    #expect(all.rows == expected.rows && all.features == expected.features)
    #expect(all.target == expected.target)
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/out")
    #expect(files ?? [] == [])
  }

  @Test(arguments: [1 << 20, 5000])
  func `gives rows away once`(mostBytes: Int) throws {
    var store = RowStore(layout, in: folder.path + "/out", mostBytes: mostBytes)
    let all = try kept(&store)
    var taken = layout.emptyBlock
    try store.takeAll { taken.append($0) }
    #expect(taken.rows == all.rows && taken.features == all.features)
    try store.takeAll { taken.append($0) }
    #expect(taken.count == 1000)
  }

  @Test func `keeps no more than it may where there is no folder`() throws {
    var store = RowStore(layout, in: nil, mostBytes: 5000)
    #expect(try kept(&store).count == 0)
    #expect(store.isDropped)
  }

  @Test func `leaves no file behind when reading is given up`() throws {
    do {
      var store = RowStore(layout, in: folder.path + "/out", mostBytes: 0)
      try store.append(block(0..<10))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out") == [])
  }
}
