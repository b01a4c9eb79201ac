import Diagnostics
import Foundation
import Learning
import Network
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Deployment
@testable import Stages

/// Real digits from the loaded table to predictions of a deployment.
struct DigitsTests {
  private let stage: StageRun
  private let pipelines = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../pipelines").standardizedFileURL.path

  init() throws {
    stage = try StageRun()
    _ = try stage.run(
      Load.self,
      """
      csv: data/digits.csv.gz
      target: digit
      features: {image: {columns: pixel_*, height: 8, width: 8}}
      split: {train: 70%, validation: 10%, test: 20%, stratify: true}
      """, to: "digits", in: pipelines)
    var preset = CNNPreset()
    preset.channels = [16, 32]
    try stage.train(preset, on: "digits", to: "trained")
  }

  /// One test, as training takes most of its time.
  @Test func `quantises, accelerates and predicts`() throws {
    try checkRefusals()
    try checkLibtorch()
    let before = try checkQuantization()
    try checkAcceleration(before)
  }

  private func checkLibtorch() throws {
    try stage.run(
      Accelerate.self, "{budget: 2s, engines: [libtorch], export: []}", to: "eager",
      model: "trained", data: "digits")
    let eager = stage.path + "/eager"
    for name in ["network.json", "model.safetensors", "deployment.json", "README.md"] {
      #expect(FileManager.default.fileExists(atPath: eager + "/" + name), "\(name)")
    }
    #expect(!FileManager.default.fileExists(atPath: eager + "/model.onnx"))
    let table = pipelines + "/data/digits.csv.gz"
    let answers = try answers(of: eager, for: table, limit: 10)
    let hits = (0..<10).count { answers[$0]["prediction"] == .string("\($0)") }
    #expect(hits >= 9)
  }

  private func answers(of deployment: String, for table: String, limit: Int) throws -> [Value] {
    let predictor = try Predictor(opening: deployment)
    return try NewRows([table], predictor.description).answers(of: predictor, limit: limit)
  }

  private func checkRefusals() throws {
    try stage.run(Quantize.self, "{samples: 32}", to: "once", model: "trained", data: "digits")
    let twice = #expect(throws: Diagnostic.self) {
      try stage.run(Quantize.self, "{}", to: "twice", model: "once", data: "digits")
    }
    #expect(twice?.message == "the model is quantised already")
    let unmatched = #expect(throws: Diagnostic.self) {
      try stage.run(
        Quantize.self, "{keep: [nothing]}", to: "kept", model: "trained", data: "digits")
    }
    #expect(
      unmatched?.message == "'nothing' in `keep` matches no layer that could be quantised")
  }

  /// Returns the accuracy of the real model.
  private func checkQuantization() throws -> Double {
    try stage.run(
      Quantize.self, "{weights: int8, activations: int8, range: reduced}", to: "small",
      model: "trained", data: "digits")
    let quantized = stage.reporter.metrics
    let before = try #require(quantized["test"]?["before"]?["accuracy"]?.double)
    let after = try #require(quantized["test"]?["accuracy"]?.double)
    #expect(before > 0.9)
    #expect(after >= before - 0.01)
    #expect(try #require(quantized["test"]?["agreement"]?.double) > 0.99)
    #expect(try #require(quantized["compression"]?.double) > 3)
    return before
  }

  private func checkAcceleration(_ before: Double) throws {
    try stage.run(
      Accelerate.self, "{budget: 4s, export: [onnx, openvino], batch: 16}", to: "shipped",
      model: "small", data: "digits")
    let shipped = stage.path + "/shipped"
    for name in ["model.onnx", "model.xml", "model.bin", "deployment.json", "README.md"] {
      #expect(FileManager.default.fileExists(atPath: shipped + "/" + name), "\(name)")
    }
    #expect(!FileManager.default.fileExists(atPath: shipped + "/.trial"))
    let file = try Data(contentsOf: URL(filePath: shipped + "/model.onnx"))
    let model = try ONNXModel(decoding: Array(file))
    #expect(model.graph.initializers.contains { $0.type == .int8 })
    let real = try Data(contentsOf: URL(filePath: stage.path + "/trained/model.safetensors"))
    #expect(file.count < real.count / 2)
    let origin = try #require(try Model.origin(in: stage.path + "/small"))
    let trained = try Model(opening: stage.path + "/trained")
    #expect(origin.network.graph.value == trained.network.graph.value)
    let metrics = stage.reporter.metrics
    #expect(metrics["run"]?["precision"] == "int8")
    #expect(metrics["baseline"]?["folded"] == false)
    #expect(metrics["batch"] == 16)
    #expect(try #require(metrics["speedup"]?.double) > 0)
    let factors = try #require(metrics["speedup-measured"]?["factors"]?.array)
    #expect(factors.isEmpty || factors.count >= 3)
    #expect(metrics["speedup-measured"]?["baseline"] == metrics["baseline"]?["name"])
    let bytes = try FileManager.default.attributesOfItem(atPath: shipped + "/model.onnx")[.size]
    #expect(metrics["formats"]?["onnx"]?.int == bytes as? Int)
    #expect(try #require(metrics["test"]?["accuracy"]?.double) >= before - 0.015)
    #expect(try #require(metrics["exports"]?["onnx"]?["agreement"]?.double) > 0.99)

    let table = pipelines + "/data/digits.csv.gz"
    let answers = try answers(of: shipped, for: table, limit: 100)
    #expect(answers.count == 100)
    #expect(answers[0]["row"] == .int(1))
    // The first ten rows of the table are the digits from 0 to 9.
    let hits = (0..<10).count { answers[$0]["prediction"] == .string("\($0)") }
    #expect(hits >= 9)
    let probabilities = try #require(answers[0]["probabilities"]?.object)
    #expect(abs(probabilities.values.compactMap(\.double).reduce(0, +) - 1) < 1e-6)
  }
}
