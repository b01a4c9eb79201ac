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
  private func description(_ features: [Feature]) -> DeploymentDescription {
    DeploymentDescription(
      candidate: Candidate(.openVINO, .fp32, threads: 1), batch: 1, features: features,
      applied: [],
      target: Target(name: "y", task: .regression), provenance: ["missing": ["?"]], files: [:],
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
}
