import Dataset
import Foundation
import Hardware
import Learning
import Pipeline
import Testing
import YAML

@testable import Stages

/// Stages that choose what they compute with by their own first steps. Threads are left out, as tests that
/// run at the same time share them.
struct `A stage that measures` {
  private let run: LearningRun

  init() throws { run = try LearningRun() }

  private static let open = OpenChoices(precisions: [.bf16], layouts: true)

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(run.path)/\(name)/model.safetensors"))
  }

  @Test func `makes what it makes when it is told the choice`() throws {
    let yaml = "{model: {cnn: {channels: [4]}}, epochs: 2}"
    _ = try run.run(Train.self, yaml, to: "open", open: Self.open)
    let settled = try #require(run.reporter.settled)
    #expect(settled.open == nil)
    _ = try run.run(Train.self, yaml, to: "told", resources: settled)
    #expect(try bytes("open") == bytes("told"))
  }

  @Test func `keeps to the choice of an earlier attempt`() throws {
    let yaml = "{model: linear, epochs: 2}"
    var other = Resources(
      device: .cpu, precision: .fp32, threads: 1, channelsLast: false, instructionSet: .baseline)
    other.precision = .bf16
    other.rowsAtOnce = .max
    other.checkpointsActivations = false
    let folder = run.path + "/checkpoints-model"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Value(encoding: other).canonicalJSON.write(
      toFile: folder + "/choice.json", atomically: false, encoding: .utf8)
    _ = try run.run(Train.self, yaml, to: "model", open: Self.open)
    #expect(run.reporter.settled == other)
    try "torn".write(toFile: folder + "/choice.json", atomically: false, encoding: .utf8)
    _ = try run.run(Train.self, yaml, to: "model", open: Self.open)
    #expect(run.reporter.settled?.open == nil)
  }

  @Test func `prunes and distils`() throws {
    _ = try run.run(Train.self, "{model: {cnn: {channels: [4]}}, epochs: 1}", to: "teacher")
    _ = try run.run(
      Clip.self, "{prune: {magnitude: {sparsity: 50%, epochs: 1}}}", to: "pruned",
      ["model": ["teacher"], "data": ["stripes"]], open: Self.open)
    #expect(run.reporter.settled?.open == nil)
    _ = try run.run(
      Distill.self, "{student: {cnn: {channels: [2]}}, epochs: 1}", to: "student",
      ["teacher": ["teacher"], "data": ["stripes"]], open: Self.open)
    #expect(run.reporter.settled?.open == nil)
  }

  /// Degrees Celsius to Fahrenheit: with the 8 bits of bfloat16 the error is some hundredths.
  @Test func `never computes values in half precision`() throws {
    let stage = try StageRun()
    let rows = (-40...60).map { "\($0),\(Double($0) * 1.8 + 32)" }
    try stage.write("d.csv", "celsius,fahrenheit\n" + rows.joined(separator: "\n") + "\n")
    _ = try stage.run(Load.self, "{csv: d.csv, target: fahrenheit}", to: "data")
    _ = try stage.run(Normalize.self, "z-score", to: "scaled", from: "data")
    try stage.run(
      Train.self, "{model: linear, epochs: 100, optimizer: {sgd: {learning-rate: 0.1}}}",
      to: "model",
      ["data": "scaled"],
      open: OpenChoices(precisions: [.bf16]))
    #expect(stage.reporter.settled?.precision == .fp32)
    #expect(try #require(stage.reporter.metrics["test"]?["rmse"]?.double) < 0.03)
    try stage.run(Accelerate.self, "{budget: 1s}", to: "shipped", model: "model", data: "scaled")
    #expect(try #require(stage.reporter.metrics["test"]?["rmse"]?.double) < 0.03)
  }
}
