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
    let settings = try Kind.Settings.decode(Node(parsing: yaml, file: "p.yaml"))
    let output = path + "/" + name
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    let job = StageJob(
      stage: name, kind: Kind.kind, settings: settings.value,
      inputs: [
        "model": [JobInput(stage: model, kind: .model, directory: path + "/" + model)],
        "data": [JobInput(stage: data, kind: .dataset, directory: path + "/" + data)],
      ], output: output, checkpoints: path + "/checkpoints", directory: path, seed: 7,
      resources: Resources(
        device: .cpu, precision: .fp32, threads: 1, channelsLast: false,
        instructionSet: .baseline))
    try TrialProcesses.$program.withValue(Self.program) { try Kind.run(job, reporter) }
  }

  /// Trains a small network on a dataset for a few epochs; the model is the folder `name`.
  func train(_ preset: any Preset, on data: String, to name: String, epochs: Int = 6) throws {
    let dataset = try Dataset(opening: path + "/" + data)
    let target = try #require(dataset.description.target)
    let graph = try preset.network(
      for: dataset.description.networkInputs, outputs: max(target.classes.count, 1))
    var recipe = TrainingRecipe()
    recipe.epochs = epochs
    recipe.batch = 32
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
