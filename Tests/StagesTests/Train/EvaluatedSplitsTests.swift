import Dataset
import Diagnostics
import Hardware
import Learning
import Network
import Pipeline
import Tensor
import Testing
import YAML

@testable import Stages

/// What a stage that learns is measured on, and in what precision.
struct `A learning stage measures` {
  private let run: LearningRun

  init() throws { run = try LearningRun() }

  private static let linear = "model: linear, epochs: 1"

  @Test(arguments: [
    ("", ["validation", "test"]), (", evaluate: [test]", ["test"]),
    (", evaluate: [train, validation]", ["train", "validation"]), (", evaluate: []", []),
    (", evaluate: {splits: [test], every: 1}", ["test"]),
    (", evaluate: {every: 2}", ["validation", "test"]),
  ])
  func `the splits that are asked for, and what is held out by default`(
    evaluate: String, expected: [String]
  ) throws {
    _ = try run.run(Train.self, "{\(Self.linear)\(evaluate)}", to: "model")
    for split in ["train", "validation", "test"] {
      #expect((run.metric("\(split).accuracy") != nil) == expected.contains(split), "\(split)")
    }
  }

  /// What rounding to eight bits costs shows in the loss.
  @Test func `in full precision, and in that of the training where that is asked for`() throws {
    let resources = Resources(
      device: .cpu, precision: .bf16, threads: 1, channelsLast: true, instructionSet: .baseline)
    var losses: [Double] = []
    for precision in ["fp32", "training"] {
      let model = try run.run(
        Train.self, "{\(Self.linear), evaluate: {precision: \(precision)}}", to: precision,
        resources: resources)
      let exact = try Evaluation.metrics(
        of: model.network, on: Dataset(opening: run.path + "/stripes"),
        execution: Execution(seed: 1))
      losses.append(
        try abs(#require(run.metric("test.loss")) - #require(exact["test"]?["loss"]?.double)))
    }
    #expect(losses[0] < 1e-6)
    #expect(losses[1] > 1e-6)
  }

  @Test func `the same in distill and clip`() throws {
    _ = try run.run(Train.self, "{\(Self.linear), evaluate: []}", to: "teacher")
    _ = try run.run(
      Distill.self, "{student: linear, epochs: 1, evaluate: [train]}", to: "student",
      ["teacher": ["teacher"], "data": ["stripes"]])
    #expect(run.metric("train.agreement") != nil && run.metric("test.agreement") == nil)
    _ = try run.run(
      Clip.self, "{weights: {sigma: 1}, evaluate: [validation]}", to: "clipped",
      ["model": ["teacher"], "data": ["stripes"]])
    #expect(run.metric("before.validation.accuracy") != nil)
    #expect(run.metric("before.test.accuracy") == nil && run.metric("before.train.accuracy") == nil)
  }

  @Test func `the training rows where nothing is held out`() throws {
    let stage = try StageRun()
    try stage.write("t.csv", "a,t\n" + (0..<40).map { "\($0),\($0 % 2)\n" }.joined())
    _ = try stage.run(
      Load.self, "{csv: t.csv, target: t, split: {train: 100%}}", to: "data")
    try stage.run(Train.self, "{\(Self.linear)}", to: "model", ["data": "data"])
    #expect(stage.reporter.metrics["train"]?["accuracy"]?.double != nil)
    let problem = #expect(throws: Diagnostic.self) {
      try stage.run(
        Train.self, "{\(Self.linear), evaluate: [test]}", to: "model", ["data": "data"])
    }
    #expect(problem?.message == "the data has no test split to measure the model on")
  }

  /// Folded or not, a residual network answers the same.
  @Test func `a resnet with its batch norms folded`() throws {
    let model = try run.run(
      Train.self, "{model: {resnet: {depth: 8, width: 4}}, epochs: 2}", to: "model")
    let dataset = try Dataset(opening: run.path + "/stripes")
    let own = try Predictions(of: model.network, on: dataset, .test, execution: Execution(seed: 1))
    let rows = try #require(dataset[.test])
    let batch = try ModelInput([]).gather(Array(0..<rows.rows), of: rows)
    let plain = try model.network.forward(ModelInput.cast(batch.inputs)).array(Float.self)
    #expect(own.logits != plain)
    for (folded, plain) in zip(own.logits, plain) {
      #expect(abs(folded - plain) <= 1e-5 * max(1, abs(plain)))
    }
  }

  /// Products in bfloat16, everything else in float32: parameters, statistics, losses, and what is measured.
  @Test(arguments: [
    "{resnet: {depth: 8, width: 4}}", "{cnn: {channels: [8, 16], dropout: 0.1}}",
    "{mlp: {hidden: [64], batch-norm: true}}",
  ])
  func `a training in bfloat16 in full precision`(preset: String) throws {
    var resources = Resources(
      device: .cpu, precision: .bf16, threads: 1, channelsLast: true, instructionSet: .baseline)
    let recipe = `The train stage`.recipe
    let short = try run.run(
      Train.self, "{model: \(preset), \(recipe)}", to: "short", resources: resources)
    #expect(try #require(run.metric("test.accuracy")) >= 0.9)
    for (name, tensor) in short.network.parameters {
      #expect(tensor.type == .float32, "\(name)")
      #expect(try tensor.array(Float.self).allSatisfy { $0.isFinite }, "\(name)")
    }
    let measured = try #require(run.metric("test.loss"))
    let exact = try Evaluation.metrics(
      of: short.network, on: Dataset(opening: run.path + "/stripes"), execution: Execution(seed: 1))
    #expect(abs(measured - (exact["test"]?["loss"]?.double ?? .nan)) < 1e-5)
    resources.precision = .fp32
    let full = try run.run(
      Train.self, "{model: \(preset), \(recipe)}", to: "full", resources: resources)
    #expect(
      try short.network.parameters.contains { name, tensor in
        try tensor.bytes() != full.network.parameters.tensor(name).bytes()
      })
  }
}
