import Diagnostics
import Foundation
import Learning
import Network
import Options
import Pipeline
import Tensor
import Testing
import YAML

@testable import Stages

struct `The train stage` {
  private let run: LearningRun

  init() throws { run = try LearningRun() }

  static let recipe = "epochs: 12, batch: 32, optimizer: {adamw: {learning-rate: 0.01}}"

  @Test(arguments: [
    "{cnn: {channels: [8, 16]}}", "{resnet: {depth: 8, width: 4}}", "{mlp: {hidden: [64]}}",
    "{vit: {width: 24, depth: 1}}", "{vit: {width: 24, depth: 1, pool: mean}}",
    "{tabular-resnet: {width: 32}}",
  ])
  func `fits every preset to images`(model: String) throws {
    _ = try run.run(Train.self, "{model: \(model), \(Self.recipe)}", to: "model")
    #expect(try #require(run.metric("test.accuracy")) >= 0.93)
    #expect(run.metric("training.epochs") == 12)
    #expect(try #require(run.metric("parameters")) > 0)
  }

  /// Degrees Celsius to Fahrenheit, as they are and brought to one scale.
  @Test(arguments: ["linear", "mlp"], ["z-score", "min-max"])
  func `learns a line by default`(model: String, scale: String) throws {
    let stage = try StageRun()
    let rows = (-40...60).map { "\($0),\(Double($0) * 1.8 + 32)" }
    try stage.write("d.csv", "celsius,fahrenheit\n" + rows.joined(separator: "\n") + "\n")
    _ = try stage.run(Load.self, "{csv: d.csv, target: fahrenheit}", to: "data")
    _ = try stage.run(Normalize.self, scale, to: "scaled", from: "data")
    try stage.run(Train.self, "{model: \(model)}", to: "model", ["data": "scaled"])
    #expect(try #require(stage.reporter.metrics["test"]?["r2"]?.double) > 0.999)
    #expect(stage.reporter.metrics["training"]?["chosen"]?["batch"] == "16")
  }

  @Test func `has the simplest models beside it, and a warning where it learns less`() throws {
    _ = try run.run(
      Train.self, "{model: linear, epochs: 1, optimizer: {sgd: {learning-rate: 1e-9}}}",
      to: "model")
    let baselines = try #require(run.reporter.metrics["baselines"])
    // A third of the rows is of each class, the first being as frequent as any.
    #expect(baselines["constant"]?["answer"] == "across")
    for split in ["validation", "test"] {
      let share = try #require(baselines["constant"]?[split]?["accuracy"]?.double)
      #expect(abs(share - 1.0 / 3) < 1e-9)
      #expect(try #require(baselines["linear"]?[split]?["accuracy"]?.double) < 1)
    }
    #expect(run.reporter.metrics["training"]?["measures"]?["training"] == "cross-entropy")
    #expect(run.reporter.metrics["training"]?["measures"]?["validation"] == "cross-entropy")
    let warning = try #require(run.reporter.warnings.first)
    #expect(run.reporter.warnings.count == 1)
    #expect(
      ["no better than chance", "for the same class"].contains { warning.message.contains($0) },
      "\(warning)")
  }

  @Test func `refuses a network that no memory holds before it makes it`() throws {
    let thrown = #expect(throws: Diagnostic.self) {
      try run.run(
        Train.self,
        "model: {layers: [flatten, linear: 1048576, linear: 400000, linear: 3]}", to: "model")
    }
    #expect(thrown?.message.contains("which takes") ?? false, "\(String(describing: thrown))")
    #expect(thrown?.notes.first?.message.hasSuffix("most parameters are in 'layer3'") ?? false)
  }

  @Test func `trains the user's own layers`() throws {
    let layers = """
      model:
        layers:
          - convolution: {channels: 8, padding: 1}
          - activation
          - global-pool
          - linear: {outputs: 3}
      epochs: 1
      """
    let model = try run.run(Train.self, layers, to: "model")
    #expect(model.network.graph.nodes.count == 4)
  }

  @Test func `the same seed gives the same bytes`() throws {
    let yaml = "{model: {cnn: {channels: [8], dropout: 0.2}}, epochs: 2}"
    _ = try run.run(Train.self, yaml, to: "one")
    _ = try run.run(Train.self, yaml, to: "two")
    let files = try ["one", "two"].map {
      try Data(contentsOf: URL(filePath: "\(run.path)/\($0)/model.safetensors"))
    }
    #expect(files[0] == files[1])
  }

  @Test func `trains a model further and leaves frozen layers alone`() throws {
    let first = try run.run(
      Train.self, "{model: {cnn: {channels: [8, 16]}}, epochs: 2}", to: "first")
    let second = try run.run(
      Train.self, "{freeze: ['stage1.*'], epochs: 2}", to: "second",
      ["model": ["first"], "data": ["stripes"]])
    for (name, tensor) in first.network.parameters {
      let isFrozen = name.hasPrefix("stage1.")
      #expect(
        try (tensor.bytes() == second.network.parameters.tensor(name).bytes()) == isFrozen,
        "\(name)")
    }
    #expect(second.lineage["from"] == "first")
  }

  @Test(arguments: [
    ("{freeze: ['stem*']}", "no layer to freeze matches 'stem*'"),
    ("{freeze: ['*']}", "every layer is frozen"),
    ("{loss: mse}", "the loss 'mse' does not suit a classification"),
    ("{class-weights: {by-class: {left: 2}}}", "there is no class 'left' to weight"),
    (
      "{class-weights: {by-class: {across: 0, down: 0, both: 0}}}",
      "no training row counts: each class that occurs has the weight 0"
    ),
  ])
  func `names what does not fit the model or the data`(yaml: String, fact: String) throws {
    _ = try run.run(Train.self, "{model: linear, epochs: 1}", to: "first")
    #expect {
      try run.run(
        Train.self, yaml, to: "second", ["model": ["first"], "data": ["stripes"]])
    } throws: { error in
      "\(error)".contains(fact)
    }
  }

  @Test(arguments: [
    ("{model: rensnet}", "'rensnet' is not one of the choices here", 9),
    ("{model: {resnet: {depth: 21}}}", "there is no resnet of depth 21", 26),
    ("{model: {cnn: {kernel: 4}}}", "the kernel 4 has no centre", 24),
    ("{model: linear, epochs: 0}", "0 is out of range for 'epochs'", 25),
    ("{model: linear, freeze: [a]}", "layers of a new network cannot be frozen", 25),
    ("{class-weights: {by-class: {right: 1, left: -2}}}", "-2 is out of range for 'by-class'", 45),
    (
      "{loss: huber, label-smoothing: 0.1}",
      "labels cannot be smoothed for the loss 'huber', which compares values", 32
    ),
    (
      "{schedule: plateau, evaluate: {every: 3}}",
      "a plateau counts epochs, and only one of 3 is measured", 39
    ),
    ("{gradient-clip: {norm: 0}}", "0 is out of range for 'norm'", 24),
    ("{gradient-clip: {value: -1}}", "-1 is out of range for 'value'", 25),
    ("{optimizer: {sgd: {nesterov: true, momentum: 0}}}", "nesterov needs a momentum", 30),
    ("{initialize: first}", "'initialize' is for a new network, and there is no 'model'", 14),
    (
      "{model: linear, layer-rates: {'[a': 2}}",
      "the pattern '[a' has a '[' or '{' that is not closed, or too many alternatives", 31
    ),
    ("{model: linear, layer-rates: {a: 0}}", "0 is out of range for 'layer-rates'", 34),
  ])
  func `points at mistakes in its settings`(yaml: String, fact: String, column: Int) throws {
    let problems = try #require(throws: Diagnostics.self) {
      let node = try Node(parsing: yaml, file: "p.yaml")
      let settings = try Train.Settings(node)
      try Diagnostics(Train.check(settings, node, in: ".")).throwIfErrors()
    }
    #expect(problems.first?.message == fact)
    #expect(problems.first?.location?.column == column)
  }
}
