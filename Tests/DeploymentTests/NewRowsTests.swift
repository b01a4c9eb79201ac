import Dataset
import Diagnostics
import Foundation
import Hardware
import Network
import Tensor
import Testing
import YAML

@testable import Deployment

struct NewRowsTests {
  private static let numbers = Feature(
    name: "n", kind: .numbers, shape: [2], type: .float32, columns: ["a", "b"])
  private static let colour = Feature(
    name: "colour", kind: .category, shape: [1], type: .int32, columns: ["colour"],
    categories: ["blue", "red"])

  private func rows(
    _ text: String, _ features: [Feature] = [numbers],
    target: Target = Target(name: "y", task: .regression), _ provenance: Value = ["missing": ["?"]]
  ) throws -> (rows: [NewRow], values: [Float]) {
    try withTemporaryDirectory { directory in
      let path = directory + "/rows.csv"
      try text.write(toFile: path, atomically: false, encoding: .utf8)
      let source = try #require(
        try CSVFiles.newRows(
          [SourceFile(path: path, name: "rows.csv")], for: features, target: target, provenance))
      var rows: [NewRow] = []
      var values: [Float] = []
      try source.readNew { read in
        rows += read.rows
        if case .float32(let more) = read.block.features["n"] { values += more }
      }
      return (rows, values)
    }
  }

  @Test func `are read by the names of the model's columns, wherever they stand`() throws {
    let read = try rows("extra,b,a\nx,1,2\n\"y,z\",?,4\n")
    #expect(read.values[0...2] == [2, 1, 4])
    #expect(read.values[3].isNaN)
    #expect(read.rows.map(\.name) == [["row": 1], ["row": 2]])
    #expect(read.rows[1].cells == ["y,z", "?", "4"])
    #expect(read.rows.allSatisfy { $0.problem == nil })
  }

  @Test func `that cannot be read are told each, and the others are read`() throws {
    let read = try rows("a,b\n1,2\nx,1\n3\n\n-inf,4\n1e39,1\n5,6\n")
    #expect(read.values == [1, 2, 5, 6])
    #expect(
      read.rows.map { $0.problem.map { "\($0)" } } == [
        nil, "rows.csv:3:1: error: row 2: 'x' in the column 'a' is not a number",
        "rows.csv:4:1: error: row 3: 1 field where the header has 2",
        "rows.csv:6:1: error: row 4: '-inf' in the column 'a' is not a finite number",
        "rows.csv:7:1: error: row 5: '1e39' in the column 'a' does not fit a 32-bit number", nil,
      ])
  }

  @Test func `know a number of a category however it is written`() throws {
    let size = Feature(
      name: "size", kind: .category, shape: [1], type: .int32, columns: ["size"],
      categories: ["1", "2"])
    let target = Target(name: "y", task: .classification, classes: ["0", "1"])
    let read = try rows("size,y\n1.0,1.0\n3,00\n", [size], target: target)
    #expect(
      read.rows.map(\.remarks) == [
        [], ["'3' is no value of 'size' that the model knows, and counts as missing"],
      ])
    #expect(read.rows.map(\.truth) == [1, nil])
  }

  @Test func `tell what is right where they can, and texts that no model knows`() throws {
    let target = Target(name: "y", task: .classification, classes: ["no", "yes"])
    let read = try rows(
      "y,colour,a,b\nyes,red,1,1\nno,purple,1,1\n,blue,1,1\nperhaps,,1,1\n",
      [Self.numbers, Self.colour], target: target)
    #expect(read.rows.map(\.truth) == [1, 0, nil, nil])
    #expect(
      read.rows.map(\.doubt) == [
        nil, nil, "the target 'y' is missing", "'perhaps' is no class of 'y' that the model knows",
      ])
    #expect(
      read.rows.map(\.remarks) == [
        [], ["'purple' is no value of 'colour' that the model knows, and counts as missing"], [],
        [],
      ])
  }

  @Test(arguments: [
    // The target stands first, and new files need not have it.
    ("2,3\n4,5\n", ["column_2", "column_3"], [2, 3, 4, 5], [nil, nil]),
    ("9,2,3\n8,4,5\n", ["column_1", "column_2", "column_3"], [2, 3, 4, 5], [9, 8]),
  ])
  func `without a header are read as those that the model was trained on`(
    text: String, columns: [String], values: [Float], truth: [Float?]
  ) throws {
    let features = [
      Feature(
        name: "n", kind: .numbers, shape: [2], type: .float32, columns: ["column_2", "column_3"])
    ]
    let read = try rows(
      text, features, target: Target(name: "column_1", task: .regression),
      ["header": false, "columns": 3])
    #expect(read.values == values)
    #expect(read.rows.map(\.truth) == truth)
    #expect(read.rows.allSatisfy { $0.cells.count == columns.count })
  }

  @Test func `lack a column by name`() {
    let thrown = #expect(throws: Diagnostic.self) { _ = try rows("a\n1\n") }
    #expect(thrown?.message == "there is no column 'b' for 'n'")
  }

  @Test func `are in files that can be read`() {
    let description = DeploymentDescription(
      candidate: Candidate(.openVINO, .fp32, threads: 1), batch: 1, features: [],
      applied: [], target: Target(name: "y", task: .regression), provenance: [:], files: [:],
      measurements: [])
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try NewRows([SourceFile(path: "/nowhere.csv", name: "nowhere.csv")], description)
    }
    #expect(thrown?.message == "'nowhere.csv' cannot be read")
  }

  @Test(arguments: [
    "made today\na;b\n'1.000,5';2\n", "a,b\n'1.000,5',2\n", "a\tb\n1000,5\t2\n",
  ])
  func `are read as those that the model learnt from, or as they are written`(
    text: String
  ) throws {
    let read = try rows(
      text, [Self.numbers],
      [
        "header": true, "missing": [], "delimiter": ";", "decimal": ",", "thousands": ".",
        "quote": "'", "skip-rows": 1,
      ])
    #expect(read.values == [1000.5, 2])
    #expect(read.rows.allSatisfy { $0.problem == nil })
  }

  @Test func `have a date's parts made of them`() throws {
    let feature = Feature(
      name: "n", kind: .date, shape: [2], type: .float32, columns: ["when"], parts: [.year, .day])
    #expect(try rows("when\n2012-01-31\n", [feature]).values == [2012, 31])
  }
}
