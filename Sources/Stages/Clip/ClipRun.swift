internal import Dataset
internal import Learning
internal import Network
internal import Pipeline
internal import Tensor
internal import YAML

/// One run of the clip stage: prune while training, clip, measure batch norms, report.
struct ClipRun {
  private let settings: Clip.Settings
  private let job: StageJob
  private let reporter: any StageReporter
  private var execution: Execution
  private let dataset: Dataset
  private let input: JobInput
  private let model: Model
  private let layers: [String]
  private let splits: [SplitName]

  init(_ settings: Clip.Settings, _ job: StageJob, _ reporter: any StageReporter) throws {
    self.settings = settings
    self.job = job
    self.reporter = reporter
    execution = try Execution(job, reporter)
    input = try job.requiredInput("model")
    model = try Model(opening: input.directory)
    dataset = try model.dataset(of: job, madeBy: input)
    splits = try EvaluatedSplits(settings.evaluate).splits(of: dataset)
    try model.requireInputs(dataset.description.networkInputs, stage: input.stage)
    try model.requireRealWeights(stage: input.stage, toDo: "clipped")
    let weighted = model.network.graph.weightedNodes
    layers =
      settings.layers.isEmpty
      ? weighted
      : try model.network.graph.names(matching: settings.layers, among: weighted, for: "clip")
    reporter.log("layers: \(layers.joined(separator: ", "))")
  }

  mutating func run() throws {
    if case .magnitude(let pruning) = settings.prune, pruning.epochs > 0 {
      let recipe = pruning.trainingRecipe.fitted(
        to: model.network.graph, on: dataset, goesOn: true)
      let (network, trainer) = (model.network, trainer)
      execution = try execution.chosen(
        for: job, reporter, recipe, network.graph, steps: recipe.steps(on: dataset),
        isClassification: model.target.task.hasLogits
      ) { try trainer(recipe, network, $0) }
    }
    var network = try model.network.placed(for: execution)
    reporter.metrics(["before": try measure(network)])
    let clipper = try settings.weights.map { bounds in
      try WeightClipper(bounds, layers: layers, network.parameters)
    }
    if let clipper { reporter.metrics(["clipped": try clipper.report(on: network.parameters)]) }
    if case .magnitude(let pruning) = settings.prune {
      network = try prune(network, pruning, clipper)
    }
    try clipper?.apply(to: network.parameters)
    if settings.reestimatesBatchNorm {
      try BatchNormEstimation.run(network, on: dataset, batch: 64, execution: execution)
    }
    var result = model
    result.network = try network.collected()
    result.lineage = [
      "stage": .string(job.stage), "from": .string(input.stage), "origin": model.lineage,
    ]
    try result.write(to: job.output)
    reporter.metrics(try measure(network))
    reporter.metrics(model.target.classMetrics)
    try reportSizes(result)
  }

  /// Prunes at once, or on the schedule while the network is trained further.
  private func prune(
    _ network: WeightedNetwork, _ pruning: MagnitudePruning, _ clipper: WeightClipper?
  ) throws -> WeightedNetwork {
    let pruner = MagnitudePruner(pruning, layers: layers)
    guard pruning.epochs > 0 else {
      try pruner.prune(network.parameters)
      return network
    }
    let recipe = pruning.trainingRecipe.fitted(to: network.graph, on: dataset, goesOn: true)
    let loss = try LearningProblem(dataset).loss(execution: execution)
    let trainer = try trainer(recipe, network, execution)
    trainer.firstCounted = MagnitudePruner.firstFinalEpoch(of: recipe.epochs)
    trainer.beforeEpoch = { parameters in try pruner.holdZeros(of: parameters) }
    trainer.afterStep = { place, parameters in
      try pruner.afterStep(parameters, at: place)
      if settings.during == .training { try clipper?.apply(to: parameters) }
    }
    trainer.afterAverage = { average in try pruner.apply(to: average) }
    let trained = try trainer.run()
    reporter.metrics(["training": trained.metrics(measuring: loss.measure)])
    // An average may hold more zeros than its own magnitudes say.
    let result = try trained.network.placed(for: execution)
    try pruner.prune(result.parameters)
    return result
  }

  /// Makes a further training of a network for an execution.
  private var trainer: (FittedRecipe, WeightedNetwork, Execution) throws -> Trainer {
    let dataset = dataset
    return { recipe, network, execution in
      let loss = try LearningProblem(dataset).loss(execution: execution)
      return try Trainer(recipe, network, on: dataset, execution: execution) { output, batch in
        try loss(output, batch)
      }
    }
  }

  private func measure(_ network: WeightedNetwork) throws -> Value {
    try Evaluation.metrics(of: network, on: dataset, execution: execution, splits: splits)
  }

  private func reportSizes(_ result: Model) throws {
    var shares: [String: Value] = [:]
    var (zeros, weights) = (0.0, 0.0)
    for layer in layers {
      let weight = try result.network.parameters.tensor(layer + ".weight")
      let count = try weight.equals(0).to(.float64).sum().item()
      shares[layer] = .double(count / Double(weight.count))
      zeros += count
      weights += Double(weight.count)
    }
    reporter.metrics([
      "sparsity": .double(zeros / max(weights, 1)), "sparsity-by-layer": .object(shares),
      "parameters": .int(result.network.graph.parameterCount),
      "multiply-accumulates": .int(result.network.graph.multiplyAccumulates),
      "size": try FileSizes(of: job.output + "/" + Model.parametersFile).value,
      "size-before": try FileSizes(of: input.directory + "/" + Model.parametersFile).value,
    ])
  }
}
