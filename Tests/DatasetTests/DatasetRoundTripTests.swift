import Artifacts
import Diagnostics
import Foundation
import Network
import Synchronization
import Tensor
import Testing
import YAML

@testable import Dataset

@Suite struct DatasetRoundTripTests {
  private let folder: TemporaryFolder
  private let features = [
    Feature(name: "image", kind: .image, shape: [1, 2, 2], type: .uint8),
    Feature(name: "numbers", kind: .numbers, shape: [2], type: .float32, columns: ["a", "b"]),
    Feature(
      name: "colour", kind: .category, shape: [1], type: .int32, columns: ["colour"],
      categories: ["blue", "red"]),
  ]
  private let target = Target(name: "kind", task: .classification, classes: ["no", "yes"])

  init() throws { folder = try TemporaryFolder() }

  private func block(_ rows: Range<Int>) -> Block {
    Block(
      rows: rows.map(Int64.init),
      features: [
        "image": .uint8(rows.flatMap { row in (0..<4).map { UInt8((row * 4 + $0) % 251) } }),
        "numbers": .float32(rows.flatMap { [Float($0), $0 % 3 == 0 ? .nan : Float(-$0)] }),
        "colour": .int32(rows.map { Int32($0 % 3) - 1 }),
      ], target: .int64(rows.map { Int64($0 % 2) }), weights: rows.map { Float($0) / 2 })
  }

  private func write(
    _ count: Int, by size: Int, to name: String
  ) throws -> DatasetDescription {
    var writer = try DatasetWriter(
      directory: folder.path + "/" + name, features: features, target: target, isWeighted: true)
    for start in stride(from: 0, to: count, by: size) {
      try writer.append(block(start..<min(start + size, count)), to: .train)
    }
    try writer.append(block(0..<3), to: .test)
    return try writer.finish(statistics: ["rows": .int(count)])
  }

  private func bytes(_ block: Block) -> [[UInt8]] {
    let columns = [.int64(block.rows)] + block.features.sorted { $0.key < $1.key }.map(\.value)
    return (columns + [block.target, block.weights.map { .float32($0) }].compactMap { $0 })
      .map(\.bytes)
  }

  @Test func `reads back what was written, in any order`() throws {
    let count = 5000
    _ = try write(count, by: 700, to: "one")
    let dataset = try Dataset(opening: folder.path + "/one")
    #expect(dataset.splits == [.train, .test])
    let train = try #require(dataset[.train])
    #expect(train.rows == count)
    #expect(bytes(train.block(at: Array(0..<count))) == bytes(block(0..<count)))
    let picks = [4999, 0, 17, 17, 2500, 1]
    #expect(bytes(train.block(at: picks)) == bytes(block(0..<count).selecting(picks)))
    #expect(dataset.description.statistics["rows"] == .int(count))
    #expect(train.block(at: []).count == 0)
  }

  @Test func `gives the targets of all rows, a block at a time`() throws {
    _ = try write(150_000, by: 50_000, to: "targets")
    let train = try #require(try Dataset(opening: folder.path + "/targets")[.train])
    var (codes, blocks): ([Int64], Int) = ([], 0)
    train.forEachTargets { values in
      guard case .int64(let some) = values else { return }
      codes += some
      blocks += 1
    }
    #expect(codes == (0..<150_000).map { $0 % 2 })
    #expect(blocks == 3)
    #expect(train.targets(7..<10) == .int64([1, 0, 1]))
  }

  @Test func `opens a file without reading all of it`() throws {
    _ = try write(150_000, by: 50_000, to: "opened")
    let path = folder.path + "/opened/train-00000.arrow"
    try drop(path)
    let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    // Of some file systems, such as those in memory, nothing can be dropped, and nothing is told by this.
    guard try held(path) * 4 < size else { return }
    let train = try #require(try Dataset(opening: folder.path + "/opened")[.train])
    let opened = try held(path)
    #expect(opened * 2 < size, "\(opened) of \(size) bytes")
    #expect(bytes(train.block(at: Array(0..<150_000))) == bytes(block(0..<150_000)))
    #expect(try held(path) * 10 > size * 9)
  }

  /// Has the system drop a file from memory.
  private func drop(_ path: String) throws {
    let file = unsafe open(path, O_RDWR)
    try #require(file >= 0)
    defer { close(file) }
    try #require(fsync(file) == 0)
    _ = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
  }

  /// The bytes of a file that are in memory, in whole pages.
  private func held(_ path: String) throws -> Int {
    let file = unsafe open(path, O_RDONLY)
    try #require(file >= 0)
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    let map = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, file, 0)
    let isMapped = unsafe map != MAP_FAILED
    try #require(isMapped)
    defer { unsafe munmap(map, size) }
    let page = sysconf(Int32(_SC_PAGESIZE))
    var pages = [UInt8](repeating: 0, count: (size + page - 1) / page)
    let status = unsafe mincore(map, size, &pages)
    try #require(status == 0)
    return pages.count { $0 & 1 == 1 } * page
  }

  @Test func `tells the system in which order rows are read`() throws {
    _ = try write(60_000, by: 60_000, to: "order")
    let train = try #require(try Dataset(opening: folder.path + "/order")[.train])
    #expect(train.bytes == 60_000 * train.rowBytes)
    train.expect(inOrder: false)
    let mapped = try mappedInAnyOrder()
    #expect(mapped * 10 >= train.bytes * 9, "\(mapped) of \(train.bytes)")
    let picks = [59_999, 7]
    #expect(bytes(train.block(at: picks)) == bytes(block(0..<60_000).selecting(picks)))
    train.expect(inOrder: true)
    #expect(try mappedInAnyOrder() == 0)
  }

  /// Bytes of the folder's files that are mapped to be read in any order (`rr` in proc_pid_smaps(5)).
  private func mappedInAnyOrder() throws -> Int {
    let file = try #require(FileHandle(forReadingAtPath: "/proc/self/smaps"))
    let text = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    var isOwn = false
    var size = 0
    var total = 0
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.contains("-"), words.count >= 5, !line.hasPrefix("VmFlags") {
        isOwn = line.contains(folder.path)
      } else if line.hasPrefix("Size:"), words.count > 1 {
        size = Int(words[1]) ?? 0
      } else if isOwn, line.hasPrefix("VmFlags:"), words.contains("rr") {
        total += size << 10
      }
    }
    return total
  }

  @Test func `gathers rows as tensors`() throws {
    _ = try write(20, by: 20, to: "tensors")
    let train = try #require(try Dataset(opening: folder.path + "/tensors")[.train])
    let batch = try train.gather([19, 2])
    #expect(batch.rows == [19, 2])
    #expect(batch.inputs["image"]?.shape == [2, 1, 2, 2])
    #expect(try batch.inputs["image"]?.array(UInt8.self) == [76, 77, 78, 79, 8, 9, 10, 11])
    #expect(try batch.inputs["colour"]?.array(Int32.self) == [0, 1])
    #expect(try batch.target?.array(Int64.self) == [1, 0])
    #expect(try batch.weights?.array(Float.self) == [9.5, 1])
  }

  @Test func `writes the same bytes however rows come in blocks`() throws {
    let first = try write(3000, by: 3000, to: "whole")
    let second = try write(3000, by: 7, to: "pieces")
    #expect(first.value == second.value)
    for shard in first.splits.flatMap(\.shards) {
      let left = FileManager.default.contents(atPath: folder.path + "/whole/" + shard.file)
      let right = FileManager.default.contents(atPath: folder.path + "/pieces/" + shard.file)
      #expect(left == right)
    }
  }

  @Test func `rows of a block go to their splits as if each split had been given alone`() throws {
    // Batches of 65,536 rows: whole ones, parts, and rows from two blocks.
    let splits: [SplitName] = [.train, .validation, .test]
    func places(_ block: Block, _ split: Int) -> [Int] {
      block.rows.indices.filter { [0, 0, 0, 1, 2][Int(block.rows[$0] % 5)] == split }
    }
    let blocks = [block(0..<90_000), block(90_000..<90_010), block(90_010..<240_000)]
    for isAtOnce in [true, false] {
      var writer = try DatasetWriter(
        directory: folder.path + "/\(isAtOnce)", features: features, target: target,
        isWeighted: true)
      for block in blocks {
        for (index, split) in splits.enumerated() {
          let own = places(block, index)
          if isAtOnce {
            try writer.append(block, at: own, to: split)
          } else {
            try writer.append(block.selecting(own), to: split)
          }
        }
      }
      _ = try writer.finish()
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/true").sorted()
    #expect(names.count == 4)
    for name in names {
      let one = FileManager.default.contents(atPath: folder.path + "/true/" + name)
      #expect(one == FileManager.default.contents(atPath: folder.path + "/false/" + name))
    }
    let train = try #require(try Dataset(opening: folder.path + "/true")[.train])
    #expect(train.rows == 144_000)
    let own = (0..<240_000).filter { $0 % 5 < 3 }
    #expect(
      bytes(train.block(at: Array(0..<144_000))) == bytes(block(0..<240_000).selecting(own)))
  }

  @Test func `tells what shards hold`() throws {
    let told = Mutex<[DigestedFile]>([])
    var writer = try DatasetWriter(
      directory: folder.path + "/told", features: features, target: target, isWeighted: true
    ) { file in told.withLock { $0.append(file) } }
    try writer.append(block(0..<200_000), to: .train)
    try writer.append(block(0..<3), to: .test)
    let shards = try writer.finish().splits.flatMap(\.shards)
    let files = told.withLock { $0 }
    #expect(files.count == (DataEngine.threads > 1 ? shards.count : 0))
    let store = try Store(opening: folder.path + "/store")
    let copy = folder.path + "/copy"
    try Folder.create(copy)
    for name in shards.map(\.file) + ["dataset.json"] {
      try Folder.copyFile(folder.path + "/told/" + name, to: copy + "/" + name)
    }
    let tree = try store.commit(directory: folder.path + "/told", digested: files)
    #expect(try store.commit(directory: copy) == tree)
  }

  @Test func `gathers across shards`() throws {
    // Rows of a megabyte make shards of 64 rows.
    let wide = Feature(name: "wide", kind: .image, shape: [1, 1024, 1024], type: .uint8)
    var writer = try DatasetWriter(
      directory: folder.path + "/wide", features: [wide], target: nil)
    for row in 0..<70 {
      let pixels = [UInt8](repeating: UInt8(row), count: 1 << 20)
      try writer.append(Block(rows: [Int64(row)], features: ["wide": .uint8(pixels)]), to: .train)
    }
    let description = try writer.finish()
    #expect(description.split(.train)?.shards.count ?? 0 > 1)
    let reader = try #require(try Dataset(opening: folder.path + "/wide")[.train])
    let block = reader.block(at: [69, 0, 65, 3])
    #expect(block.rows == [69, 0, 65, 3])
    guard case .uint8(let pixels) = block.features["wide"] else { return }
    #expect((0..<4).map { pixels[$0 << 20] } == [69, 0, 65, 3])
  }

  @Test func `shares shards as they are`() throws {
    let description = try write(10, by: 10, to: "source")
    var writer = try DatasetWriter(
      directory: folder.path + "/copy", features: features, target: target, isWeighted: true)
    for split in description.splits {
      try writer.share(split, from: folder.path + "/source")
    }
    let copy = try writer.finish()
    #expect(copy.splits == description.splits)
    #expect(try Dataset(opening: folder.path + "/copy")[.train]?.rows == 10)
  }

  @Test(arguments: [
    ("{}", "'dataset.format'"), ("[]", "'dataset' in"), ("{\"format\": 99}", "newer"),
    ("{", ""),
  ])
  func `refuses a description that is not one`(text: String, fact: String) throws {
    _ = try folder.file("bad/dataset.json", text)
    let problem = #expect(throws: Diagnostic.self) {
      try Dataset(opening: folder.path + "/bad")
    }
    #expect(problem?.message.contains(fact) == true || fact.isEmpty)
  }

  @Test(arguments: [
    ("../train-00000.arrow", "not a plain file name"), ("none.arrow", "cannot read"),
  ])
  func `refuses a shard that is elsewhere`(file: String, fact: String) throws {
    var description = try write(10, by: 10, to: "moved")
    description.splits[0].shards[0].file = file
    _ = try folder.file("moved/dataset.json", description.value.canonicalJSON)
    let problem = #expect(throws: Diagnostic.self) {
      try Dataset(opening: folder.path + "/moved")
    }
    #expect(problem?.message.contains(fact) == true)
  }

  @Test func `reads a dataset of the first format`() throws {
    let path =
      URL(filePath: #filePath).deletingLastPathComponent().path
      + "/../References/dataset-1"
    let dataset = try Dataset(opening: path)
    let train = try #require(dataset[.train])
    let block = train.block(at: Array(0..<train.rows))
    guard case .float32(let numbers) = block.features["numbers"] else { return }
    #expect(numbers.enumerated().filter { $1.isNaN }.map(\.offset) == [3])
    #expect(block.features["colour"] == .int32([1, 0, 0, 1]))
    #expect(block.target == .int64([0, 1, 0, 1]))
    #expect(!train.isFinite)
  }

  @Test func `knows which rows hold nothing but finite numbers`() throws {
    var writer = try DatasetWriter(
      directory: folder.path + "/finite", features: [features[1]], target: nil)
    for (split, value) in [(SplitName.train, Float(1)), (.validation, .nan), (.test, .infinity)] {
      try writer.append(
        Block(rows: [0], features: ["numbers": .float32([value, 2])]), to: split)
    }
    _ = try writer.finish()
    let dataset = try Dataset(opening: folder.path + "/finite")
    #expect(SplitName.allCases.map { dataset[$0]?.isFinite } == [true, false, false])
  }

  @Test func `refuses a shard whose texts are not those of its dataset`() throws {
    var description = try write(10, by: 10, to: "texts")
    description.target?.classes = ["no", "maybe"]
    _ = try folder.file("texts/dataset.json", description.value.canonicalJSON)
    let problem = #expect(throws: Diagnostic.self) {
      try Dataset(opening: folder.path + "/texts")
    }
    #expect(problem?.message.contains("does not have the columns") == true)
  }

  @Test func `lets go of rows, and reads them again`() throws {
    _ = try write(5000, by: 5000, to: "again")
    let train = try #require(try Dataset(opening: folder.path + "/again")[.train])
    train.announce(0..<5000)
    train.release(0..<5000)
    #expect(bytes(train.block(.range(3..<4999))) == bytes(block(3..<4999)))
  }

  @Test func `refuses shards that are cut, damaged or of another dataset`() throws {
    let description = try write(100, by: 100, to: "cut")
    let path = folder.path + "/cut/" + description.splits[0].shards[0].file
    let whole = try #require(FileManager.default.contents(atPath: path))
    for length in stride(from: 0, to: whole.count, by: 97) {
      try Data(whole.prefix(length)).write(to: URL(filePath: path))
      #expect(throws: Diagnostic.self) { try Dataset(opening: folder.path + "/cut") }
    }
    var other = description
    other.features[1].shape = [3]
    try whole.write(to: URL(filePath: path))
    _ = try folder.file("cut/dataset.json", other.value.canonicalJSON)
    #expect(throws: Diagnostic.self) { try Dataset(opening: folder.path + "/cut") }
  }

  @Test func `survives shards that are damaged anywhere`() throws {
    let description = try write(3, by: 3, to: "flipped")
    let path = folder.path + "/flipped/" + description.splits[0].shards[0].file
    let whole = [UInt8](try #require(FileManager.default.contents(atPath: path)))
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      var damaged = whole
      damaged[Int.random(in: 0..<whole.count, using: &generator)] = UInt8.random(in: 0...255)
      try Data(damaged).write(to: URL(filePath: path))
      guard let dataset = try? Dataset(opening: folder.path + "/flipped") else { continue }
      #expect(dataset[.train]?.block(at: [0, 1, 2]).count == 3)
    }
  }
}
