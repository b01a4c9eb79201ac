import Diagnostics
import Foundation
import Options
import Pipeline
import Testing
import YAML

@testable import Dataset
@testable import Stages

/// Splits that settings ask for, on tables.
@Suite struct `Splits of tables` {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  private func ids(_ dataset: Dataset, _ split: SplitName) -> [Int64] {
    dataset[split]?.rowIDs() ?? []
  }

  @Test func `of folds test each row once`() throws {
    let rows = (0..<47).map { "\($0),\($0 % 3),g\($0 / 4)" }.joined(separator: "\n")
    try stage.write("t.csv", "x,y,g\n" + rows + "\n")
    for more in ["stratify: true", "group: g", "stratify: true, group: g", "validation: 20%"] {
      var tested: [Int64] = []
      for fold in 1...4 {
        let dataset = try stage.run(
          Load.self, "{csv: t.csv, target: y, split: {folds: 4, fold: \(fold), \(more)}}",
          to: "t")
        let test = ids(dataset, .test)
        tested += test
        #expect((8...16).contains(test.count))
        #expect((dataset[.validation] != nil) == more.hasPrefix("validation"))
        let all = SplitName.allCases.flatMap { ids(dataset, $0) }
        #expect(all.sorted() == (0..<47).map(Int64.init))
        guard more.contains("group") else { continue }
        let groups = Set(test.map { $0 / 4 })
        #expect(groups.isDisjoint(with: Set(ids(dataset, .train).map { $0 / 4 })))
      }
      #expect(tested.sorted() == (0..<47).map(Int64.init))
    }
  }

  @Test(arguments: [true, false])
  func `in the order of time test the latest rows`(areDates: Bool) throws {
    let rows = (0..<30).map { row -> String in
      let day = (row * 7) % 30
      return "\(row),\(row % 2),\(areDates ? "2024-03-\(day < 9 ? "0" : "")\(day + 1)" : "\(day)")"
    }
    try stage.write("t.csv", "x,y,day\n" + rows.joined(separator: "\n") + "\n")
    let dataset = try stage.run(
      Load.self,
      "{csv: t.csv, target: y, split: {time: day, gap: 3, train: 60%, validation: 20%, test: 20%}}",
      to: "t")
    func days(_ split: SplitName) -> Set<Int> { Set(ids(dataset, split).map { Int($0) * 7 % 30 }) }
    #expect(days(.train) == Set(0...15))
    #expect(days(.validation) == Set(18...21))
    #expect(days(.test) == Set(24...29))
    #expect(stage.reporter.metrics["unused"] == 4)
    // What puts rows in order is no feature unless it is declared.
    #expect(dataset.description.features.flatMap(\.columns) == ["x"])
  }

  @Test func `name the rows whose time is not told`() throws {
    try stage.write("t.csv", "x,y,day\n1,0,2024-01-01\n2,1,\n3,0,soon\n4,1,2024-01-02\n")
    _ = try stage.run(
      Load.self,
      "{csv: t.csv, target: y, split: {time: day, train: 50%, test: 50%}, bad-rows: skip}",
      to: "t")
    #expect(
      stage.reporter.metrics["bad-rows"]?["listed"] == [
        "t.csv:3: the time 'day' is missing",
        "t.csv:4: 'soon' in the column 'day' is not a date such as 2012-01-31",
      ])
    try stage.write("u.csv", "x,y,day\n1,0,a\n2,1,b\n")
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try stage.run(Load.self, "{csv: u.csv, target: y, split: {time: day}}", to: "u")
    }
    #expect(
      thrown?.message == "the column 'day' holds texts, which put rows in no order of time")
  }

  @Test func `are files of their names`() throws {
    try stage.write("train.csv", "x,y\n1,0\n2,1\n3,0\n")
    try stage.write("test.csv", "x,y\n4,1\n")
    let dataset = try stage.run(
      Load.self, "{csv: [train.csv, test.csv], target: y}", to: "t")
    #expect(ids(dataset, .train) == [0, 1, 2] && ids(dataset, .test) == [3])
    #expect(stage.reporter.metrics["splits-by"] == "the splits are the files train.csv, test.csv")
    _ = try stage.run(
      Load.self, "{csv: '*.csv', target: y, split: {train: 50%, test: 50%}}", to: "t")
    #expect(
      stage.reporter.warnings.map(\.message).contains(
        "the files test.csv, train.csv are called as splits are, and their rows are dealt out anew")
    )
  }

  @Test func `are told by words that people write`() throws {
    try stage.write("t.csv", "x,y,part\n1,0,Train\n2,1,val\n3,0,TEST\n4,1,training\n")
    let dataset = try stage.run(
      Load.self, "{csv: t.csv, target: y, split: {column: part}}", to: "t")
    #expect(ids(dataset, .train) == [0, 3])
    #expect(ids(dataset, .validation) == [1] && ids(dataset, .test) == [2])
  }

  @Test func `that share rows are said to`() throws {
    let rows = (0..<40).map { "\($0 % 10),\($0 % 2)" }.joined(separator: "\n")
    try stage.write("t.csv", "x,y\n" + rows + "\n")
    _ = try stage.run(
      Load.self, "{csv: t.csv, target: y, split: {train: 50%, test: 50%}}", to: "t")
    let shared = try #require(stage.reporter.metrics["duplicates"]?["test"]?.int)
    #expect(shared > 10)
    #expect(
      stage.reporter.warnings.map(\.message) == [
        "\(shared) of 20 test rows equal a row that is trained on, target and all"
      ])
    try stage.write(
      "u.csv", "x,y\n" + (0..<40).map { "\($0),1" }.joined(separator: "\n") + "\n0,0\n")
    let other = try StageRun()
    try other.write("u.csv", "x,y\n" + (0..<40).map { "\($0),\($0 % 2)" }.joined(separator: "\n"))
    _ = try other.run(
      Load.self, "{csv: u.csv, target: y, split: {train: 50%, test: 50%}}", to: "u")
    #expect(other.reporter.metrics["duplicates"] == nil && other.reporter.warnings.isEmpty)
  }

  @Test(arguments: [
    ([1, 2, 3, 4, 5], [String]()),
    ([1, 2, 3], ["folds 4, 5 of 5 are tested by no instance, so that not every row is"]),
    ([2], []),
  ])
  func `of folds are told where instances leave some out`(folds: [Int], expected: [String]) throws {
    let settings = try folds.map { fold in
      try Load.Settings.decode(
        Node(parsing: "{csv: t.csv, target: y, split: {folds: 5, fold: \(fold)}}", file: "p.yaml")
      ).value
    }
    let place = SourceRange(file: "p.yaml", line: 1, column: 1)
    #expect(Load.remarks(on: settings, at: place).map(\.message) == expected)
  }
}
