import Dataset
import Network
import Tensor
import Testing

@testable import Learning

/// What is known of targets from reading them once, in more rows than a block has.
@Suite struct TargetStatisticsTests {
  private let folder: TemporaryFolder
  private let rows = 70_000

  init() throws { folder = try TemporaryFolder() }

  private func reader(_ target: Target, _ values: ColumnValues) throws -> SplitReader {
    let feature = Feature(name: "x", kind: .numbers, shape: [1], type: .float32, columns: ["x"])
    var writer = try DatasetWriter(directory: folder.path, features: [feature], target: target)
    try writer.append(
      Block(
        rows: (0..<rows).map(Int64.init),
        features: ["x": .float32([Float](repeating: 0, count: rows))], target: values),
      to: .train)
    _ = try writer.finish()
    return try #require(try Dataset(opening: folder.path)[.train])
  }

  @Test func `counts classes`() throws {
    let target = Target(name: "y", task: .classification, classes: ["a", "b", "c"])
    let codes = (0..<rows).map { Int64($0 % 5 == 0 ? 2 : 0) }
    let statistics = TargetStatistics(of: try reader(target, .int64(codes)), target)
    #expect(statistics.counts == [56_000, 0, 14_000])
    #expect(statistics.means.isEmpty && statistics.deviations.isEmpty)
  }

  @Test func `measures values as one pass over all of them would`() throws {
    let target = Target(name: "y", task: .regression)
    var stream = RandomStream(seed: 3)
    let values = (0..<rows).map { _ in Float(stream.normal(mean: 1000, deviation: 2)) }
    let statistics = TargetStatistics(of: try reader(target, .float32(values)), target)
    let mean = values.reduce(0) { $0 + Double($1) } / Double(rows)
    let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    #expect(statistics.means == [mean])
    #expect(statistics.deviations == [(squares / Double(rows)).squareRoot()])
    #expect(statistics.counts.isEmpty)
  }

  @Test func `takes values that do not vary for what nothing is divided by`() throws {
    let target = Target(name: "y", task: .regression)
    let values = [Float](repeating: 0.1, count: rows)
    let statistics = TargetStatistics(of: try reader(target, .float32(values)), target)
    #expect(statistics.deviations == [1])
  }
}

/// Against the definition: every pair of a member and another.
@Suite struct RankingTests {
  @Test(arguments: 0..<6)
  func `counts pairs, those of equal scores by half`(seed: UInt64) {
    var stream = RandomStream(seed: seed)
    let elements = (0..<60).map { _ in
      (score: Double(stream.bounded(8)), isMember: stream.bernoulli(0.4))
    }
    let members = elements.filter(\.isMember).map(\.score)
    let others = elements.filter { !$0.isMember }.map(\.score)
    var pairs = 0.0
    for member in members {
      for other in others { pairs += member > other ? 1 : member == other ? 0.5 : 0 }
    }
    let ranking = Ranking(elements)
    #expect(ranking.areaUnderCurve == pairs / Double(members.count * others.count))
    let precision = members.reduce(0.0) { sum, score in
      let taken = elements.filter { $0.score >= score }
      return sum + Double(taken.count { $0.isMember }) / Double(taken.count)
    }
    let own = ranking.averagePrecision ?? -1
    #expect(abs(own - precision / Double(members.count)) < 1e-12)
  }

  @Test func `tells nothing of members alone`() {
    let ranking = Ranking([(score: 1.0, isMember: true), (score: 2, isMember: true)])
    #expect(ranking.areaUnderCurve == nil)
    #expect(ranking.averagePrecision == 1)
    #expect(Ranking([(score: 1.0, isMember: false)]).averagePrecision == nil)
  }
}
