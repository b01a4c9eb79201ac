import Diagnostics
import Foundation
import Learning
import Network
import Options
import Testing

@testable import Stages

/// A model that was made before, at the start of a pipeline.
@Suite struct LoadModelTests {
  private let run: LearningRun

  init() throws { run = try LearningRun() }

  @Test func `is the same model, and goes on from there`() throws {
    let made = try run.run(Train.self, "{model: {mlp: {hidden: [8]}}, epochs: 2}", to: "made")
    let trained = try #require(run.metric("test.accuracy"))
    let loaded = try run.run(Load.self, "{model: made}", to: "loaded", [:])
    #expect(loaded.features == made.features)
    #expect(loaded.target == made.target)
    #expect(run.metric("parameters") == Double(made.network.graph.parameterCount))
    let files = ["network.json", "model.safetensors"].map { name in
      ["made", "loaded"].map {
        FileManager.default.contents(atPath: "\(run.path)/\($0)/\(name)")
      }
    }
    #expect(files[1][0] != nil && files[1][0] == files[1][1])
    _ = try run.run(
      Quantize.self, "{weights: int8, activations: int8}", to: "small",
      ["model": ["loaded"], "data": ["stripes"]])
    #expect(run.metric("test.before.accuracy") == trained)
  }

  @Test(arguments: [
    ("nowhere", "network.json"), ("stripes", "'stripes' is no model: it has no 'network.json'"),
    ("model.onnx", "'model.onnx' is an ONNX model"),
  ])
  func `is refused where there is none`(name: String, fact: String) throws {
    try Data("x".utf8).write(to: URL(filePath: run.path + "/model.onnx"))
    #expect {
      try run.run(Load.self, "{model: \(name)}", to: "out", [:])
    } throws: { error in
      "\(error)".contains(fact)
    }
  }
}
