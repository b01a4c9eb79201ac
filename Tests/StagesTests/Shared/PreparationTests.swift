import Diagnostics
import Foundation
import Learning
import Network
import Pipeline
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

/// Stages that take a model and a dataset prepare rows as the model's own were, whichever dataset of
/// its way they are given, and refuse one that is on another way.
@Suite struct `Rows for a model` {
  private let stage: StageRun

  /// A table whose numbers tell nothing before they are scaled: around 1000, with a spread of 1.
  init() throws {
    stage = try StageRun()
    var stream = RandomStream(seed: 5)
    let rows = (0..<240).map { row -> String in
      let (x, y) = (stream.normal(deviation: 1), stream.normal(deviation: 1))
      let first = row % 40 == 7 ? "" : "\(1000 + x)"
      return "\(first),\(1000 + y),\(x + y > 0 ? "p" : "n")"
    }
    try stage.write("t.csv", "a,b,t\n" + rows.joined(separator: "\n") + "\n")
    _ = try stage.run(
      Load.self, "{csv: t.csv, target: t, split: {train: 60%, validation: 20%, test: 20%}}",
      to: "loaded")
    _ = try stage.run(Clean.self, "[missing: {fill: median}]", to: "filled", from: "loaded")
    _ = try stage.run(Normalize.self, "z-score", to: "scaled", from: "filled")
    _ = try stage.run(Normalize.self, "min-max", to: "squeezed", from: "filled")
    _ = try stage.run(
      Clean.self, "[outliers: {iqr: {action: clip}}]", to: "limited", from: "filled")
    try stage.run(
      Train.self, "{model: {mlp: {hidden: [8]}}, epochs: 30, batch: 32}", to: "model",
      ["data": "scaled"])
  }

  /// Rows of another table, with what is refused about them.
  @Test(arguments: [
    (
      "b,a,t", "p",
      "the rows of stage 'other' have the column 'b' in 'numbers' where those that the model of stage "
        + "'model' was trained on have 'a'"
    ),
    (
      "a,c,t", "p",
      "the rows of stage 'other' have the column 'c' in 'numbers' where those that the model of stage "
        + "'model' was trained on have 'b'"
    ),
    (
      "a,b,t", "q",
      "the rows of stage 'other' have other classes than those that the model of stage 'model' was "
        + "trained on"
    ),
    (
      "a,b,t", "",
      "the model of stage 'model' was made for a classification, and the rows of stage 'other' are for "
        + "a regression"
    ),
  ])
  func `are those of the model's columns and classes`(
    header: String, label: String, fact: String
  ) throws {
    let rows = (0..<40).map { row in
      "\(row),\(row * 7 % 5),\(label.isEmpty ? "-\(row).5" : row % 2 == 0 ? label : "n")"
    }
    try stage.write("o.csv", header + "\n" + rows.joined(separator: "\n") + "\n")
    _ = try stage.run(Load.self, "{csv: o.csv, target: t}", to: "other")
    let quantized = #expect(throws: Diagnostic.self) {
      try stage.run(Quantize.self, "{}", to: "q", model: "model", data: "other")
    }
    #expect(quantized?.message == fact)
    let accelerated = #expect(throws: Diagnostic.self) {
      try stage.run(Accelerate.self, "{budget: 1s}", to: "s", model: "model", data: "other")
    }
    #expect(accelerated?.message == fact)
  }

  @Test func `are those of the model's columns where it is trained further`() throws {
    let rows = (0..<40).map { "\($0),1,\($0 % 2)\n" }.joined()
    try stage.write("o.csv", "b,a,t\n" + rows)
    _ = try stage.run(Load.self, "{csv: o.csv, target: t}", to: "other")
    let thrown = #expect(throws: Diagnostic.self) {
      try stage.run(Train.self, "{epochs: 1}", to: "f", model: "model", data: "other")
    }
    #expect(thrown?.message.hasPrefix("the rows of stage 'other' have the column 'b'") == true)
  }

  private func model(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(stage.path)/\(name)/model.safetensors"))
  }

  private func accuracy(_ split: String = "test") throws -> Double {
    try #require(stage.reporter.metrics[split]?["accuracy"]?.double)
  }

  @Test func `go through the model's own steps in clip`() throws {
    let trained = try accuracy()
    #expect(trained > 0.9)
    let settings = "{prune: {magnitude: {sparsity: 30%, epochs: 2}}}"
    try stage.run(Clip.self, settings, to: "clipped", model: "model", data: "scaled")
    #expect(try accuracy() > 0.85)
    try stage.run(Clip.self, settings, to: "other", model: "model", data: "filled")
    #expect(try model("clipped") == model("other"))
    #expect(try Model(opening: stage.path + "/other").steps.count == 2)
  }

  @Test func `go through the model's own steps in quantize and accelerate`() throws {
    try stage.run(Quantize.self, "{}", to: "small", model: "model", data: "filled")
    #expect(try accuracy() > 0.85)
    try stage.run(Quantize.self, "{}", to: "same", model: "model", data: "scaled")
    #expect(try model("small") == model("same"))
    try stage.run(
      Accelerate.self, "{budget: 1s, export: [onnx]}", to: "shipped", model: "model",
      data: "filled")
    #expect(try accuracy() > 0.85)
  }

  @Test func `go through the teacher's own steps too`() throws {
    let trained = try accuracy()
    let settings = "{student: {mlp: {hidden: [8]}}, epochs: 1}"
    try stage.run(Distill.self, settings, to: "student", ["teacher": "model", "data": "filled"])
    #expect(stage.reporter.metrics["test"]?["teacher-accuracy"]?.double == trained)
  }

  @Test(arguments: [
    (
      "squeezed",
      "'normalize' has other values for the rows of stage 'squeezed' than for those that the model "
        + "of stage 'model' was trained on"
    ),
    (
      "limited",
      "the rows of stage 'limited' go through 'limit-range' where those that the model of stage 'model' "
        + "was trained on went through 'normalize'"
    ),
  ])
  func `on another way are refused`(data: String, fact: String) throws {
    func refused(_ body: () throws -> Void) {
      let problem = #expect(throws: Diagnostic.self) { try body() }
      #expect(problem?.message == fact)
      #expect(
        problem?.notes.first?.message
          == "give the dataset that the model was trained on, or one from which that was made")
    }
    refused {
      try stage.run(Clip.self, "{weights: {sigma: 1}}", to: "a", model: "model", data: data)
    }
    refused { try stage.run(Quantize.self, "{}", to: "b", model: "model", data: data) }
    refused { try stage.run(Accelerate.self, "{}", to: "c", model: "model", data: data) }
    refused {
      try stage.run(
        Distill.self, "{student: linear}", to: "d", ["teacher": "model", "data": data])
    }
  }

  @Test func `that were scaled further than the model's are refused`() throws {
    _ = try stage.run(Normalize.self, "min-max", to: "twice", from: "scaled")
    let problem = #expect(throws: Diagnostic.self) {
      try stage.run(Quantize.self, "{}", to: "small", model: "model", data: "twice")
    }
    #expect(
      problem?.message
        == "the rows of stage 'twice' go through 'normalize', which those that the model of stage "
        + "'model' was trained on did not")
  }
}

/// What settings alone tell is found before anything runs.
@Suite struct `Normalisations that do not fit` {
  private func problems(_ last: String) throws -> [String] {
    let text = """
      pipeline: p
      stages:
        data: {load: {csv: t.csv, target: t}}
        z: {from: data, normalize: z-score}
        m: {from: data, normalize: min-max}
        zz: {from: data, normalize: {z-score: {}}}
        teacher: {from: m, train: {model: linear}}
        bounded: {from: teacher, clip: {weights: {sigma: 3}}}
        last: {from: \(last)}
      """
    return try Scratch.problems(in: text)
  }

  private static let fact =
    "the dataset is normalised otherwise than what the model was trained on"

  @Test(arguments: [
    "{model: teacher, data: z}, clip: {weights: {sigma: 3}}",
    "{model: bounded, data: z}, quantize: {}", "{model: bounded, data: z}, accelerate: {}",
  ])
  func `are refused by the stage that reads both`(last: String) throws {
    #expect(try problems(last) == [Self.fact])
  }

  @Test func `are refused of a teacher`() throws {
    #expect(
      try problems("{teacher: teacher, data: z}, distill: {student: linear}") == [
        "the dataset is normalised otherwise than what the teacher was trained on"
      ])
  }

  @Test(arguments: [
    "{model: teacher, data: m}, clip: {weights: {sigma: 3}}",
    "{model: teacher, data: data}, quantize: {}", "bounded, accelerate: {}",
    "{model: teacher, data: z}, train: {}",
  ])
  func `are no matter where they fit`(last: String) throws {
    #expect(try problems(last) == [])
  }
}

/// Checks the text of a pipeline in a folder of its own with a table.
enum Scratch {
  /// - Parameter tables: The files that the pipeline reads.
  static func problems(
    in text: String, _ tables: [String: String] = ["t.csv": "a,t\n1,x\n2,y\n"]
  ) throws -> [String] {
    let run = try StageRun()
    for (name, table) in tables { try run.write(name, table) }
    do throws(Diagnostics) {
      _ = try PipelineDocument(
        parsing: Array(text.utf8), path: run.path + "/p.yaml", catalog: .standard
      )
      return []
    } catch {
      return error.all.filter { $0.severity == .error }.map(\.message)
    }
  }
}
