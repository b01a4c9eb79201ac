import Foundation
import Testing
import YAML

@testable import Dataset
@testable import Stages

@Suite struct `Rows on both sides of a split` {
  private let folder: StageRun

  init() throws { folder = try StageRun() }

  /// Rows of which many are equal, in blocks and splits that change from one to the next.
  private func add(to tally: inout DuplicateTally, block: Int) -> [(SplitName, Float)] {
    let rows = 0..<97
    let numbers = rows.map { Float(($0 * 31 + block * 57) % 1009) }
    let splits = rows.map { row -> SplitName in
      (row + block) % 5 == 0 ? .test : (row + block) % 7 == 0 ? .validation : .train
    }
    tally.add(
      Block(rows: rows.map(Int64.init), features: ["x": .float32(numbers)]),
      SplitName.allCases.map { split in (split, rows.filter { splits[$0] == split }) })
    return Array(zip(splits, numbers))
  }

  @Test(arguments: [(1 << 20, 1 << 20), (1 << 20, 50), (30, 1 << 20), (30, 50)])
  func `are counted in memory and in files, at once and some at a time`(
    mostAtOnce: Int, mostInMemory: Int
  ) throws {
    var tally = DuplicateTally(
      in: folder.path, mostAtOnce: mostAtOnce, mostInMemory: mostInMemory)
    let rows = (0..<20).flatMap { add(to: &tally, block: $0) }
    let trained = Set(rows.filter { $0.0 == .train }.map(\.1))
    let counts = try tally.counts()
    for split in [SplitName.validation, .test] {
      let shared = rows.count { $0.0 == split && trained.contains($0.1) }
      #expect(shared > 0)
      #expect(counts.value[split.rawValue] == .int(shared))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func `are not counted where they cannot be kept, which is said`() {
    var tally = DuplicateTally(in: folder.path + "/nowhere", mostInMemory: 50)
    for block in 0..<5 { _ = add(to: &tally, block: block) }
    #expect(throws: (any Error).self) { try tally.counts() }
  }
}
