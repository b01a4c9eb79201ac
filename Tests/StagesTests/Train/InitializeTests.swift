import Dataset
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

/// A new network that starts with another model's parameters.
struct `A network that starts from another` {
  private let run: LearningRun

  init() throws { run = try LearningRun() }

  private static let first = "{model: {cnn: {channels: [4, 8]}}, epochs: 1}"

  private func start(_ yaml: String, to name: String = "second") throws -> Model {
    try run.run(
      Train.self, yaml, to: name, ["initial": ["first"], "data": ["stripes"]])
  }

  private func texts(_ key: String) -> [String] {
    (run.reporter.metrics["initialized"]?[key]?.array ?? []).compactMap(\.string)
  }

  /// Frozen layers show the values that a training began with.
  @Test func `has those whose names and shapes agree, and says what was left`() throws {
    let first = try run.run(Train.self, Self.first, to: "first")
    let second = try start(
      "{model: {cnn: {channels: [4, 16]}}, initialize: first, epochs: 1, freeze: ['stage1*']}")
    for (name, tensor) in first.network.parameters where name.hasPrefix("stage1") {
      #expect(try second.network.parameters.tensor(name).bytes() == tensor.bytes(), "\(name)")
    }
    let copied = texts("copied")
    #expect(copied.contains("stage1.conv.weight") || copied.contains { $0.hasPrefix("stage1") })
    #expect(copied.allSatisfy { !$0.hasPrefix("stage2") || !$0.hasSuffix("conv.weight") })
    let left = texts("not-copied")
    #expect(
      left.contains {
        $0.hasPrefix("stage2") && $0.contains("its shape is [16, 4, 3, 3], and [8, 4, 3, 3]")
      },
      "\(left)")
  }

  @Test func `takes the layers that patterns choose`() throws {
    _ = try run.run(Train.self, Self.first, to: "first")
    _ = try start(
      "{model: {cnn: {channels: [4, 8]}}, initialize: {from: first, layers: ['stage1*']}, epochs: 1}"
    )
    #expect(texts("copied").allSatisfy { $0.hasPrefix("stage1") })
    #expect(!texts("copied").isEmpty)
    #expect(texts("not-copied").contains { $0.contains("no pattern of 'layers' matches") })
    let problem = #expect(throws: Diagnostic.self) {
      try start(
        "{model: {cnn: {channels: [4, 8]}}, initialize: {from: first, layers: [body]}, epochs: 1}")
    }
    #expect(problem?.message == "no layer to initialize matches 'body'")
  }

  @Test(arguments: ["./first/model.safetensors", "./first"])
  func `takes a file or a folder as well`(path: String) throws {
    _ = try run.run(Train.self, Self.first, to: "first")
    _ = try run.run(
      Train.self, "{model: {cnn: {channels: [4, 8]}}, initialize: '\(path)', epochs: 1}",
      to: "second")
    #expect(texts("not-copied") == [])
    let settings = try Train.Settings.decode(
      Node(parsing: "{model: linear, initialize: '\(path)'}", file: "p"))
    #expect(Train.files(settings) == ["./first/model.safetensors"])
    #expect(Train.inputs(of: settings).map(\.name) == ["data"])
  }

  @Test func `is refused where nothing fits`() throws {
    _ = try run.run(Train.self, Self.first, to: "first")
    let problem = #expect(throws: Diagnostic.self) {
      try start(
        "{model: {mlp: {hidden: [7]}}, initialize: {from: first, layers: [hidden1]}, epochs: 1}")
    }
    #expect(
      problem?.message
        == "no parameter of the model of stage 'first' has the name and the shape of one of the network"
    )
    #expect(problem?.notes.first?.message.contains("the network has hidden1.weight") == true)
  }

  @Test func `trains layers at rates of their own`() throws {
    let usual = try run.run(Train.self, "{model: {mlp: {hidden: [8]}}, epochs: 1}", to: "usual")
    let own = try run.run(
      Train.self, "{model: {mlp: {hidden: [8]}}, epochs: 1, layer-rates: {'hidden*': 1.0e-30}}",
      to: "own")
    let first = try LearningProblem(Dataset(opening: run.path + "/stripes"))
    var preset = MLPPreset()
    preset.hidden = [8]
    let begun = try first.initialized(first.network(ModelPreset(preset)), seed: 5)
    for (name, tensor) in begun.parameters where name.hasSuffix("weight") {
      let stayed = try own.network.parameters.tensor(name).bytes() == tensor.bytes()
      #expect(stayed == name.hasPrefix("hidden"), "\(name)")
      #expect(try usual.network.parameters.tensor(name).bytes() != tensor.bytes(), "\(name)")
    }
  }

  @Test(arguments: [
    (
      "{layer-rates: {'stem*': 2}}",
      "no layer to train at a rate of its own matches 'stem*'"
    ),
    (
      "{layer-rates: {'*': 2, 'he*': 3}}",
      "the patterns '*' and 'he*' of 'layer-rates' both match the layer 'head'"
    ),
    (
      "{freeze: ['hidden1'], layer-rates: {'hidden1': 2}}",
      "no layer to train at a rate of its own matches 'hidden1'"
    ),
  ])
  func `names patterns that do not fit`(yaml: String, fact: String) throws {
    _ = try run.run(Train.self, "{model: {mlp: {hidden: [8]}}, epochs: 1}", to: "first")
    let problem = #expect(throws: Diagnostic.self) {
      try run.run(Train.self, yaml, to: "second", ["model": ["first"], "data": ["stripes"]])
    }
    #expect(problem?.message == fact)
  }
}
