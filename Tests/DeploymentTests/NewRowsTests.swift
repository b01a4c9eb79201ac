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
  private func description(
    _ features: [Feature], provenance: Value = ["missing": ["?"]]
  ) -> DeploymentDescription {
    DeploymentDescription(
      candidate: Candidate(.openVINO, .fp32, threads: 1), batch: 1, features: features,
      applied: [],
      target: Target(name: "y", task: .regression), provenance: provenance, files: [:],
      measurements: [])
  }

  @Test func `reads the model's columns by name, wherever they stand`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/rows.csv"
      try "extra,b,a\nx,1,2\ny,?,4\n".write(toFile: path, atomically: false, encoding: .utf8)
      let rows = try NewRows(
        [path],
        description([
          Feature(name: "n", kind: .numbers, shape: [2], type: .float32, columns: ["a", "b"])
        ]))
      var values: [Float] = []
      try rows.forEachBatch { batch in
        values += try batch.inputs["n"]?.array(Float.self) ?? []
      }
      #expect(values[0...2] == [2, 1, 4])
      #expect(values[3].isNaN)
      #expect(rows.name(of: 1) == ["row": 2])
    }
  }

  @Test func `names the column that is missing`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/rows.csv"
      try "a\n1\n".write(toFile: path, atomically: false, encoding: .utf8)
      let thrown = #expect(throws: Diagnostic.self) {
        _ = try NewRows(
          [path],
          description([
            Feature(name: "n", kind: .numbers, shape: [2], type: .float32, columns: ["a", "b"])
          ]))
      }
      #expect(thrown?.message == "there is no column 'b' for 'n'")
    }
  }

  @Test func `says which file cannot be read`() {
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try NewRows(["/nowhere.csv"], description([]))
    }
    #expect(thrown?.message == "'/nowhere.csv' cannot be read")
  }

  @Test(arguments: [
    "made today\na;b\n'1.000,5';2\n", "a,b\n'1.000,5',2\n", "a\tb\n1000,5\t2\n",
  ])
  func `reads rows as those that the model learnt from, or as they are written`(
    text: String
  ) throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/rows.csv"
      try text.write(toFile: path, atomically: false, encoding: .utf8)
      let rows = try NewRows(
        [path],
        description(
          [Feature(name: "n", kind: .numbers, shape: [2], type: .float32, columns: ["a", "b"])],
          provenance: [
            "header": true, "missing": [], "delimiter": ";", "decimal": ",", "thousands": ".",
            "quote": "'", "skip-rows": 1,
          ]))
      var values: [Float] = []
      try rows.forEachBatch { values += try $0.inputs["n"]?.array(Float.self) ?? [] }
      #expect(values == [1000.5, 2])
    }
  }

  @Test func `makes a date's parts of new rows`() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/rows.csv"
      try "when\n2012-01-31\n".write(toFile: path, atomically: false, encoding: .utf8)
      let feature = Feature(
        name: "d", kind: .date, shape: [2], type: .float32, columns: ["when"], parts: [.year, .day])
      let rows = try NewRows([path], description([feature]))
      var values: [Float] = []
      try rows.forEachBatch { values += try $0.inputs["d"]?.array(Float.self) ?? [] }
      #expect(values == [2012, 31])
    }
  }
}
