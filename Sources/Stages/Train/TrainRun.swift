internal import Dataset
internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import Pipeline
internal import Tensor
internal import YAML

/// One run of the train stage: build or take up a network, train it, measure it, write it.
struct TrainRun {
  private let settings: Train.Settings
  private let job: StageJob
  private let reporter: any StageReporter
  private var execution: Execution

  init(_ settings: Train.Settings, _ job: StageJob, _ reporter: any StageReporter) throws {
    self.settings = settings
    self.job = job
    self.reporter = reporter
    execution = try Execution(job, reporter)
  }

  mutating func run() throws {
    let dataset = try Dataset(opening: job.requiredInput("data").directory)
    let problem = try LearningProblem(dataset)
    let splits = try EvaluatedSplits(settings.evaluate).splits(of: dataset)
    let (network, lineage) = try start(problem, on: dataset.description)
    reporter.log(network.graph.summary)
    let (settings, frozen) = (settings, try frozen(in: network.graph))
    func loss(_ execution: Execution) throws -> Loss {
      try problem.loss(
        settings.loss, labelSmoothing: settings.labelSmoothing,
        classWeights: settings.classWeights.map { try $0.factors(for: problem) },
        execution: execution)
    }
    func trainer(_ execution: Execution) throws -> Trainer {
      let loss = try loss(execution)
      return try Trainer(
        settings.recipe, network, on: dataset, frozen: frozen, execution: execution
      ) { output, batch in try loss(output, batch) }
    }
    execution = try execution.chosen(
      for: job, reporter, steps: settings.recipe.steps(on: dataset),
      convolves: network.graph.convolves,
      isClassification: problem.target.task.hasLogits, trainer: trainer)
    let result = try trainer(execution).run()
    let model = Model(
      network: result.network, trainedOn: dataset.description, target: problem.target,
      lineage: lineage)
    try model.write(to: job.output)
    let predictions = try report(
      model, result, problem, loss(execution), on: dataset, splits)
    try explain(model, predictions, on: dataset)
  }

  /// The network with its first values: a new one, or a trained one.
  private func start(
    _ problem: LearningProblem, on description: DatasetDescription
  ) throws -> (network: WeightedNetwork, lineage: Value) {
    if let preset = settings.model {
      let graph = try problem.shape.network(preset, at: job.places)
      try graph.requireMemory(of: job)
      let network = try problem.initialized(graph, seed: execution.seed)
      return (network, ["stage": .string(job.stage)])
    }
    let input = try job.requiredInput("model")
    let model = try Model(opening: input.directory)
    try model.requireFeatures(
      description.features, of: job.requiredInput("data").stage, as: input.stage)
    let fitted = try FineTuning(model, for: problem, stage: input.stage, seed: execution.seed)
    for line in fitted.notes { reporter.log(line) }
    let lineage: Value = [
      "stage": .string(job.stage), "from": .string(input.stage), "origin": model.lineage,
    ]
    return (fitted.network, lineage)
  }

  private func frozen(in network: Network) throws -> Set<String> {
    let layers = network.nodes.filter { !network.specs(of: $0).isEmpty }.map(\.name)
    let names = try network.names(matching: settings.freeze, among: layers, for: "freeze")
    if !names.isEmpty { reporter.log("frozen: \(names.joined(separator: ", "))") }
    guard names.count < layers.count else {
      throw Diagnostic(
        "every layer is frozen", remedy: "leave at least one layer out of 'freeze'")
    }
    return Set(names)
  }

  private func report(
    _ model: Model, _ result: TrainingResult, _ problem: LearningProblem, _ loss: Loss,
    on dataset: Dataset, _ splits: [SplitName]
  ) throws -> [SplitName: Predictions] {
    let predictions = try Evaluation.predictions(
      of: model.network.placed(for: execution), on: dataset, execution: execution,
      splits: splits)
    reporter.metrics(Evaluation.metrics(of: predictions))
    reporter.metrics(model.target.classMetrics)
    try reporter.compareWithBaselines(predictions, of: problem, on: dataset)
    reporter.metrics([
      "training": result.metrics(measuring: loss.measure),
      "parameters": .int(model.network.graph.parameterCount),
      "multiply-accumulates": .int(model.network.graph.multiplyAccumulates),
    ])
    return predictions
  }

  private func explain(
    _ model: Model, _ predictions: [SplitName: Predictions], on dataset: Dataset
  ) throws {
    guard
      var explanation = try Explanation(
        settings.explain.elements, model, predictions, on: dataset, execution)
    else { return }
    reporter.metrics(["explanation": try explanation.write(to: job.output)])
    for warning in explanation.warnings { reporter.warn(warning) }
  }
}
