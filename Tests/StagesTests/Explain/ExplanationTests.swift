import Dataset
import Diagnostics
import Foundation
import FoundationXML
import Learning
import Pipeline
import Tensor
import Testing
import YAML

@testable import Stages

/// What `explain` leaves in a model's artifact.
@Suite struct `An explained model` {
  private func read(_ path: String) throws -> Value {
    try Value(parsingJSON: Data(contentsOf: URL(filePath: path + "/explanation/explanation.json")))
  }

  private func mean(_ explanation: Value, _ method: String, _ column: String) throws -> Double {
    let found = explanation[method]?.array?.first { $0["name"]?.string == column }
    return try #require(found?["mean"]?.number)
  }

  /// The class hangs on `x` alone, and `noise` is what it is called.
  private func table(_ explain: String, extra: String = "") throws -> StageRun {
    let stage = try StageRun()
    var stream = RandomStream(seed: 3)
    let rows = (0..<300).map { _ -> String in
      let (x, y) = (stream.normal(deviation: 1), stream.normal(deviation: 1))
      return "\(x),\(y)" + (extra.isEmpty ? "" : ",\(stream.bounded(2) == 0 ? "r" : "b")")
        + ",\(x + 0.2 * stream.normal(deviation: 1) > 0 ? "p" : "n")"
    }
    try stage.write("t.csv", "x,noise\(extra),t\n" + rows.joined(separator: "\n") + "\n")
    _ = try stage.run(
      Load.self, "{csv: t.csv, target: t, split: {train: 60%, test: 40%}}", to: "data")
    try stage.run(
      Train.self,
      "{model: {mlp: {hidden: [16]}}, epochs: 30, batch: 32, explain: \(explain)}", to: "model",
      ["data": "data"])
    return stage
  }

  @Test func `is told by which columns it goes, by every method`() throws {
    let stage = try table("[permutation, saliency, integrated-gradients, occlusion]")
    let explanation = try read(stage.path + "/model")
    #expect(explanation["split"] == "test")
    for method in ["permutation", "saliency", "integrated-gradients", "occlusion"] {
      #expect(
        try mean(explanation, method, "x") > 3 * mean(explanation, method, "noise"), "\(method)")
    }
    let metrics = try #require(stage.reporter.metrics["explanation"]?["permutation"])
    #expect(metrics["x"]?.number == (try mean(explanation, "permutation", "x")))
    #expect(try mean(explanation, "permutation", "x") > 0.2)
    let error = try #require(explanation["completeness"]?["largest-error"]?.number)
    #expect(error < 0.05)
    let folder = stage.path + "/model/explanation"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(
      files == [
        "calibration.svg", "confusion.svg", "explanation.json", "integrated-gradients.svg",
        "occlusion.svg", "permutation.svg", "saliency.svg",
      ])
    for file in files where file.hasSuffix(".svg") {
      let parser = XMLParser(contentsOf: URL(filePath: folder + "/" + file))
      #expect(parser?.parse() == true, "\(file)")
    }
    // The counts of the classes and the worst rows are those of the metrics.
    let confusion = try #require(explanation["confusion"])
    #expect(confusion == stage.reporter.metrics["test"]?["confusion"])
    let rows = explanation["classes"]?.array?.compactMap { $0["rows"]?.int }.reduce(0, +)
    #expect(rows == 120)
    let losses = try #require(explanation["worst"]?.array?.compactMap { $0["loss"]?.number })
    #expect(losses == losses.sorted(by: >) && losses.count == 24)
    let calibration = explanation["calibration"]?.array ?? []
    let error2 = calibration.reduce(0.0) { sum, bin in
      let (rows, sure) = (bin["rows"]?.number ?? 0, bin["confidence"]?.number ?? 0)
      return sum + rows / 120 * abs(sure - (bin["accuracy"]?.number ?? 0))
    }
    let expected = try #require(stage.reporter.metrics["test"]?["calibration-error"]?.number)
    #expect(abs(error2 - expected) < 1e-9)
  }

  @Test func `is said to have features without a gradient`() throws {
    let stage = try table("[permutation, saliency]", extra: ",colour")
    let explanation = try read(stage.path + "/model")
    #expect(explanation["without"] == ["colour"])
    #expect(try abs(mean(explanation, "permutation", "colour")) < 0.1)
    // Noisy answers may be warned of, too.
    #expect(
      stage.reporter.warnings.map(\.message).contains(
        "'saliency' says nothing of 'colour': codes of categories and tokens have no gradient"))
  }

  @Test func `leaves nothing where nobody asked`() throws {
    let stage = try table("[]")
    #expect(!FileManager.default.fileExists(atPath: stage.path + "/model/explanation"))
    #expect(stage.reporter.metrics["explanation"] == nil)
  }

  @Test func `is shown by its worst pictures, and where it looks`() throws {
    let run = try LearningRun()
    _ = try run.run(
      Train.self,
      "{model: {cnn: {channels: [16, 32]}}, \(`The train stage`.recipe), explain: [saliency, "
        + "integrated-gradients, occlusion]}", to: "model")
    let explanation = try read(run.path + "/model")
    let files = (explanation["pictures"]?.array ?? []).compactMap { $0["file"]?.string }
    #expect(files.contains("worst.png") && files.contains("maps.png"))
    for file in ["worst.png", "maps.png"] {
      let data = try Data(contentsOf: URL(filePath: "\(run.path)/model/explanation/\(file)"))
      #expect(data.starts(with: [0x89, 0x50, 0x4e, 0x47]))
      #expect(try ImageCodec.probe(Array(data)).channels == 3)
    }
    // A model goes on as any other.
    #expect(try Model(opening: run.path + "/model").target.classes.count == 3)
  }

  @Test func `of values has a picture of answers`() throws {
    let stage = try StageRun()
    var stream = RandomStream(seed: 3)
    let rows = (0..<200).map { _ -> String in
      let (x, y) = (stream.normal(deviation: 1), stream.normal(deviation: 1))
      return "\(x),\(y),\(3 * x + stream.normal(deviation: 0.1))"
    }
    try stage.write("v.csv", "x,y,value\n" + rows.joined(separator: "\n") + "\n")
    _ = try stage.run(Load.self, "{csv: v.csv, target: value, task: regression}", to: "data")
    try stage.run(
      Train.self,
      "{model: linear, epochs: 60, batch: 32, schedule: {one-cycle: {peak: 0.1}}, "
        + "explain: permutation}", to: "model",
      ["data": "data"])
    let explanation = try read(stage.path + "/model")
    #expect(try mean(explanation, "permutation", "x") > 0.5)
    #expect(explanation["pictures"]?.array?.first?["file"] == "values.svg")
    #expect(explanation["confusion"] == nil)
  }
}
