import Diagnostics
import Foundation
import Hardware
import Learning
import Network
import Options
import Pipeline
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

extension StageRun {
  /// The built program, which lies where the tests lie.
  static let program: String = {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") }
    let built = bundle.map { URL(filePath: $0) } ?? tests
    return built.deletingLastPathComponent().appending(path: "anneal").path
  }()

  /// Runs a stage that takes a model and a dataset; its artifact is the folder `name`.
  func run<Kind: Stage>(
    _ kind: Kind.Type, _ yaml: String, to name: String, model: String, data: String
  ) throws {
    try run(kind, yaml, to: name, ["model": model, "data": data])
  }

  /// Runs a stage with the artifact of each role.
  func run<Kind: Stage>(
    _ kind: Kind.Type, _ yaml: String, to name: String, _ inputs: [String: String],
    open: OpenChoices? = nil
  ) throws {
    let node = try Node(parsing: yaml, file: "p.yaml")
    let settings = try Kind.Settings.decode(node)
    try Diagnostics(Kind.check(settings, node, in: path)).throwIfErrors()
    let output = path + "/" + name
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    let job = StageJob(
      stage: name, kind: Kind.kind, settings: settings.value,
      inputs: inputs.reduce(into: [:]) { roles, role in
        let kind: ArtifactKind = ["data", "unlabelled"].contains(role.key) ? .dataset : .model
        roles[role.key] = [
          JobInput(stage: role.value, kind: kind, directory: path + "/" + role.value)
        ]
      }, output: output, checkpoints: path + "/checkpoints-" + name, directory: path, seed: 7,
      resources: Resources(
        device: .cpu, precision: .fp32, threads: 1, channelsLast: false,
        instructionSet: .baseline, open: open))
    reporter.expect(Kind.metrics(settings, reading: KnownInputs([:])))
    try TrialProcesses.$program.withValue(Self.program) { try Kind.run(job, reporter) }
  }

  /// Trains a small network on a dataset for a few epochs; the model is the folder `name`.
  func train(_ preset: any Preset, on data: String, to name: String, epochs: Int = 6) throws {
    let dataset = try Dataset(opening: path + "/" + data)
    let target = try #require(dataset.description.target)
    let graph = try preset.network(
      for: dataset.description.networkInputs, outputs: max(target.classes.count, 1))
    var recipe = TrainingRecipe()
    recipe.epochs = .fixed(epochs)
    recipe.batch = .fixed(32)
    var schedule = OneCycle()
    schedule.peak = 0.02
    recipe.schedule = LearningRateSchedule(schedule)
    let loss = Loss(target.task == .classification ? .crossEntropy : .mse)
    let parameters = try graph.initialParameters(RandomStream(seed: 7, path: ["parameters"]))
    let trainer = try Trainer(
      recipe, WeightedNetwork(graph, parameters), on: dataset, execution: Execution(seed: 7)
    ) { output, batch in try loss(output, batch) }
    let model = Model(
      network: try trainer.run().network, trainedOn: dataset.description, target: target)
    let output = path + "/" + name
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    try model.write(to: output)
  }
}
