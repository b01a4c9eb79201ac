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
    execution.evaluatesAsTraining = settings.evaluate.precision == .training
  }

  mutating func run() throws {
    let dataset = try Dataset(opening: job.requiredInput("data").directory)
    let problem = try LearningProblem(dataset)
    let splits = try EvaluatedSplits(settings.evaluate.splits).splits(of: dataset)
    let (network, lineage) = try start(problem, on: dataset.description)
    reporter.log(network.graph.summary)
    let (settings, frozen) = (settings, try frozen(in: network.graph))
    let recipe = settings.training.fitted(
      to: network.graph, on: dataset, goesOn: settings.model == nil)
    for choice in recipe.choices { reporter.log(choice.line) }
    let rates = try rates(in: network.graph, except: frozen)
    func loss(_ execution: Execution) throws -> Loss {
      try problem.loss(
        settings.loss, labelSmoothing: settings.labelSmoothing,
        classWeights: settings.classWeights.map { try $0.factors(for: problem) },
        execution: execution)
    }
    func trainer(_ execution: Execution) throws -> Trainer {
      let loss = try loss(execution)
      return try Trainer(
        recipe, network, on: dataset, frozen: frozen, rates: rates,
        execution: execution
      ) { output, batch in try loss(output, batch) }
    }
    execution = try execution.chosen(
      for: job, reporter, recipe, network.graph, steps: recipe.steps(on: dataset),
      isClassification: problem.target.task.hasLogits, trainer: trainer)
    let result = try trainer(execution).run()
    let model = Model(
      network: result.network, trainedOn: dataset.description, target: problem.target,
      lineage: lineage)
    try model.write(to: job.output)
    reporter.metrics(["training": ["chosen": recipe.chosen]])
    let predictions = try report(
      model, result, problem, loss(execution), on: dataset, splits)
    try explain(model, predictions, on: dataset)
  }

  /// The network with its first values: a new one, or a trained one.
  private mutating func start(
    _ problem: LearningProblem, on description: DatasetDescription
  ) throws -> (network: WeightedNetwork, lineage: Value) {
    if let preset = settings.model {
      let graph = try problem.shape.network(preset, at: job.places)
      try execution.makeRoom(for: graph, of: job, reporter)
      let network = try problem.initialized(graph, seed: execution.seed, execution: execution)
      guard let initialize = settings.initialize else {
        return (network, ["stage": .string(job.stage)])
      }
      return try start(network, by: initialize)
    }
    let input = try job.requiredInput("model")
    let model = try Model(opening: input.directory)
    try model.requireFeatures(
      description.features, of: job.requiredInput("data").stage, as: input.stage)
    try execution.makeRoom(for: model.network.graph, of: job, reporter)
    let fitted = try FineTuning(model, for: problem, stage: input.stage, seed: execution.seed)
    for line in fitted.notes { reporter.log(line) }
    let lineage: Value = [
      "stage": .string(job.stage), "from": .string(input.stage), "origin": model.lineage,
    ]
    return (fitted.network, lineage)
  }

  /// A new network that starts with another model's parameters.
  private func start(
    _ network: WeightedNetwork, by initialize: Initialize
  ) throws -> (network: WeightedNetwork, lineage: Value) {
    let parameters: Parameters
    let source: String
    if let file = initialize.file {
      source = "'\(file)'"
      parameters = try SafeTensors(reading: job.path(file)).tensors()
    } else {
      let input = try job.requiredInput(Initialize.role)
      source = "the model of stage '\(input.stage)'"
      parameters = try Model(opening: input.directory).network.parameters
    }
    let values = try LayerSetting.initialize.placing(in: job) {
      try StartingValues(
        network, from: parameters, of: source, initialize.layers, in: .initialize)
    }
    for line in values.lines { reporter.log(line) }
    reporter.metrics(["initialized": values.metrics])
    return (values.network, ["stage": .string(job.stage), "initialized-from": .string(source)])
  }

  private func rates(
    in network: Network, except frozen: Set<String>
  ) throws -> [String: Double] {
    let layers = network.trainableNodes.filter { !frozen.contains($0) }
    let rates = try LayerSetting.layerRates.placing(in: job) {
      try LayerRates(settings.layerRates).rates(in: network, among: layers)
    }
    for name in layers {
      guard let factor = rates[name] else { continue }
      reporter.log(
        "'\(name)' learns at \(factor) times the rate: "
          + network.parameterCount(of: [name]).counted("parameter"))
    }
    return rates
  }

  private func frozen(in network: Network) throws -> Set<String> {
    let layers = LayerSetting.freeze.layers(of: network)
    let names = try LayerSetting.freeze.placing(in: job) {
      try LayerSetting.freeze.names(matching: settings.freeze, in: network)
    }
    if !names.isEmpty {
      let count = network.parameterCount(of: names).counted("parameter")
      reporter.log("frozen: \(names.joined(separator: ", ")) with \(count)")
    }
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
