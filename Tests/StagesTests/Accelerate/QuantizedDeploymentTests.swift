import Diagnostics
import Foundation
import Hardware
import Learning
import Network
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Deployment
@testable import Stages

/// Points in a plane, of which one lies a million away: rounded to 256 levels over that range all others
/// are the same.
@Suite struct `A quantised model` {
  private let stage: StageRun

  init() throws {
    stage = try StageRun()
    var stream = RandomStream(seed: 11)
    var rows = (0..<400).map { _ -> String in
      let (x, y) = (stream.normal(deviation: 1), stream.normal(deviation: 1))
      return "\(x),\(y),\(x + 0.1 * y > 0 ? "p" : "n"),\(stream.bounded(3) == 0 ? "test" : "train")"
    }
    rows[0] = "-0.15,1000000,n,train"
    try stage.write("far.csv", "x1,x2,t,fold\n" + rows.joined(separator: "\n") + "\n")
    rows[0] = "-0.15,1,n,train"
    try stage.write("near.csv", "x1,x2,t,fold\n" + rows.joined(separator: "\n") + "\n")
    for name in ["near", "far"] {
      _ = try stage.run(
        Load.self, "{csv: \(name).csv, target: t, split: {column: fold}}", to: name)
    }
    try stage.run(
      Train.self, "{model: {mlp: {hidden: [16]}}, epochs: 40, batch: 32}", to: "model",
      ["data": "near"])
  }

  private func answers(_ deployment: String) throws -> [Value] {
    try Predictor.answers(of: stage.path + "/" + deployment, for: stage.path + "/near.csv")
  }

  @Test func `that collapses is a warning with the layer that causes it`() throws {
    try stage.run(Quantize.self, "{}", to: "small", model: "model", data: "far")
    let warning = try #require(stage.reporter.warnings.first)
    #expect(warning.message.hasPrefix("integers cost "))
    #expect(warning.message.hasSuffix("on the test split"))
    #expect(warning.notes.first?.message.hasPrefix("layer 'hidden1' alone costs ") == true)
    #expect(
      warning.notes.first?.message.contains("the values that it reads share 1 of 256 levels")
        == true)
    #expect(warning.notes.last?.message.contains("'keep: [hidden1, head]'") == true)
    try stage.run(Quantize.self, "{}", to: "fine", model: "model", data: "near")
    #expect(stage.reporter.warnings.count == 1)
  }

  @Test func `is none the worse for values far away where these are left out`() throws {
    try stage.run(
      Quantize.self, "{calibration: {percentile: {share: 99}}}", to: "small", model: "model",
      data: "far")
    #expect(stage.reporter.warnings.isEmpty)
    #expect(try #require(stage.reporter.metrics["test"]?["degradation"]?.double) < 1)
    #expect(try #require(stage.reporter.metrics["test"]?["agreement"]?.double) > 0.95)
  }

  @Test func `tells its loss as any model does, and what was lost apart from it`() throws {
    try stage.run(Quantize.self, "{}", to: "fine", model: "model", data: "near")
    let test = try #require(stage.reporter.metrics["test"])
    let lost = try #require(test["degradation"]?.double)
    let before = try #require(test["before"]?["accuracy"]?.double)
    #expect(abs(before - lost - (test["accuracy"]?.double ?? .nan)) < 1e-6)
    let interval = (test["degradation-interval"]?.array ?? []).compactMap(\.double)
    #expect(interval.count == 2 && interval[0] <= lost && lost <= interval[1])
    // The cross entropy, which is near that of the model before.
    let loss = try #require(test["loss"]?.double)
    #expect(abs(loss - (test["before"]?["loss"]?.double ?? .nan)) < 0.1 && loss > 1e-4)
  }

  @Test func `that falls below the floor is refused`() throws {
    let floor = "floor: {accuracy: -1%}"
    let problem = try #require(throws: Diagnostic.self) {
      try stage.run(Quantize.self, "{\(floor)}", to: "small", model: "model", data: "far")
    }
    #expect(problem.severity == .error)
    #expect(problem.message.hasSuffix("on the test split, and 1.0 are allowed"))
    try stage.run(Quantize.self, "{\(floor)}", to: "fine", model: "model", data: "near")
  }

  @Test func `is held against the trained model when it is deployed`() throws {
    try stage.run(Quantize.self, "{}", to: "small", model: "model", data: "far")
    let problem = try #require(throws: Diagnostic.self) {
      try stage.run(Accelerate.self, "{budget: 1s}", to: "shipped", model: "small", data: "near")
    }
    #expect(
      problem.message.hasPrefix("the quantised model falls below the floor of the trained one: "))
    // With nothing but integers to compare with there would be no loss at all.
    try stage.run(
      Accelerate.self, "{budget: 1s, floor: {accuracy: -90%}}", to: "shipped", model: "small",
      data: "near")
    #expect(try #require(stage.reporter.metrics["run"]?["degradation"]?.double) > 0.2)
  }

  @Test func `is shipped as small as was measured where size counts`() throws {
    try stage.run(Quantize.self, "{}", to: "small", model: "model", data: "near")
    try stage.run(
      Accelerate.self, "{budget: 1s, goal: size}", to: "shipped", model: "small", data: "near")
    let measured = try #require(stage.reporter.metrics["measurements"]?.array)
    let able = measured.filter { $0["objection"] == nil && $0["precision"] == "int8" }
    #expect(
      stage.reporter.metrics["run"]?["bytes"]?.int == able.compactMap { $0["bytes"]?.int }.min())
  }

  @Test func `is the fastest of its rows a second where throughput counts`() throws {
    try stage.run(
      Accelerate.self, "{budget: 1s, goal: throughput, batch: 16, export: []}", to: "shipped",
      model: "model", data: "near")
    let metrics = stage.reporter.metrics
    #expect(metrics["batch"] == 16)
    let rate = try #require(metrics["run"]?["rows-per-second"]?.double)
    let plain = try #require(metrics["baseline"]?["rows-per-second"]?.double)
    #expect(metrics["run"]?["name"] == metrics["baseline"]?["name"] || rate > plain)
    let measured = try #require(metrics["measurements"]?.array)
    #expect(
      measured.contains { ($0["streams"]?.int ?? 1) >= 1 && $0["name"] == metrics["run"]?["name"] })
    #expect(metrics["speedup-measured"]?["rows"] == 16)
  }

  /// Whichever engine wins, the files hold integers and give what `predict` answers.
  @Test(arguments: ["[openvino]", "[libtorch]"])
  func `is exported as it answers`(engines: String) throws {
    try stage.run(
      Quantize.self, "{range: reduced}", to: "small", model: "model", data: "near")
    try stage.run(
      Accelerate.self, "{budget: 1s, engines: \(engines), export: [onnx]}", to: "shipped",
      model: "small", data: "near")
    #expect(stage.reporter.metrics["run"]?["precision"] == "int8")
    let file = stage.path + "/shipped/model.onnx"
    let bytes = try Data(contentsOf: URL(filePath: file))
    let model = try ONNXModel(decoding: Array(bytes))
    #expect(model.graph.initializers.contains { $0.type == .int8 })
    let answers = try answers("shipped")
    let numbers = try #require(try Dataset(opening: stage.path + "/near")[.test])
    let rows = try numbers.gather(Array(0..<numbers.rows))
    let engine = try OpenVINOEngine(
      reading: file, OpenVINOSettings(precision: .fp32, threads: 1), batch: 16)
    let results = try engine.predict(
      rows.inputs.mapValues { try HostArray($0) }, rows: rows.rows.count)
    let same = rows.rows.enumerated().count { place, id in
      let prediction = results[2 * place] >= results[2 * place + 1] ? "n" : "p"
      return answers[Int(id)]["prediction"] == .string(prediction)
    }
    #expect(same >= rows.rows.count - 1)
  }
}
