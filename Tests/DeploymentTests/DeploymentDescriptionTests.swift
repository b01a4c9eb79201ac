import Dataset
import Diagnostics
import Foundation
import Hardware
import Network
import Tensor
import Testing
import YAML

@testable import Deployment

struct DeploymentDescriptionTests {
  private var description: DeploymentDescription {
    DeploymentDescription(
      candidate: Candidate(.openVINO, .int8, threads: 2), batch: 64,
      features: [
        Feature(
          name: "numbers", kind: .numbers, shape: [2], type: .float32, columns: ["a", "b"])
      ],
      applied: [], target: Target(name: "kind", task: .classification, classes: ["x", "y"]),
      provenance: ["format": "table"], files: ["onnx": "model.onnx"],
      measurements: [["name": "OpenVINO int8, 2 threads"]])
  }

  @Test func `reads back what it wrote`() throws {
    try withTemporaryDirectory { directory in
      try description.write(to: directory)
      let read = try DeploymentDescription(opening: directory)
      #expect(read.value == description.value)
      #expect(read.candidate == description.candidate)
    }
  }

  @Test(
    arguments: [
      ("format", 2, "has the format 2, newer than this program's 1"),
      ("run", ["engine": "fast"], "'run.engine' in "), ("batch", 0, "'batch' in "),
      ("batch", "many", "'batch' in "),
      ("files", ["onnx": "../../etc/passwd"], "'files.onnx' in "),
      ("files", ["onnx": ".hidden"], "'files.onnx' in "), ("target", .null, "'target' in "),
      ("features", [.null], "'feature' in "),
    ] as [(String, Value, String)])
  func `refuses what does not describe a deployment`(
    member: String, value: Value, message: String
  ) throws {
    try withTemporaryDirectory { directory in
      var changed = description.value
      changed[member] = value
      let file = directory + "/deployment.json"
      try changed.prettyJSON.write(toFile: file, atomically: false, encoding: .utf8)
      let thrown = #expect(throws: Diagnostic.self) {
        try DeploymentDescription(opening: directory)
      }
      #expect(thrown?.message.contains(message) == true, "\(thrown?.message ?? "")")
    }
  }

  @Test func `says where there is no deployment`() {
    let thrown = #expect(throws: Diagnostic.self) {
      try DeploymentDescription(opening: "/nowhere")
    }
    #expect(thrown?.message.hasPrefix("there is no deployment at /nowhere") == true)
  }
}
