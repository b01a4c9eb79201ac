package import Dataset
package import Network
package import Tensor
import Diagnostics
import Options
import YAML

/// Trains a network's parameters by gradient descent.
///
/// The state is kept in the execution's checkpoint directory, if it has one, at the ends of epochs and in
/// between; a training that was killed goes on from there and ends with the same bits.
package final class Trainer {
  let graph: Network
  let recipe: FittedRecipe
  let dataset: Dataset
  let execution: Execution
  let loss: (Tensor, Batch) throws -> Tensor
  let frozen: Set<String>
  /// What the learning rate is multiplied by in the layers where it is another than 1.
  let rates: [String: Double]
  package let leastBatch: Int
  let parameters: Parameters
  let optimizer: Optimizer
  private let stretches: CheckpointedNetwork
  var average: Parameters?
  var best: Parameters?
  var progress = TrainingProgress()
  var pace: SavingPace

  /// The first epoch, from 0, that may be kept as the best and that counts for stopping early.
  package var firstCounted = 0

  /// The mean loss of a training batch by all that the network gives, where it is not `loss` of the first.
  package var lossOfOutputs: (([Tensor], Batch) throws -> Tensor)?

  /// Called before every epoch; may change the parameters in place.
  package var beforeEpoch: ((Parameters) throws -> Void)?

  /// Called after every optimizer step, outside any record; may change the parameters in place.
  package var afterStep: ((TrainingPlace, Parameters) throws -> Void)?

  /// Called after the average of the parameters moved, where one is kept; may change it in place.
  package var afterAverage: ((Parameters) throws -> Void)?

  /// - Parameters:
  ///   - network: With the first values, which are copied.
  ///   - loss: The mean loss of a batch, given the network's output; of a training batch, and of one to
  ///     find the best epoch by.
  ///   - frozen: The nodes whose parameters and statistics stay as they are.
  ///   - rates: What the learning rate is multiplied by, by node; 1 for the others.
  package init(
    _ recipe: FittedRecipe, _ network: WeightedNetwork, on dataset: Dataset,
    frozen: Set<String> = [], rates: [String: Double] = [:], execution: Execution,
    loss: @escaping (Tensor, Batch) throws -> Tensor
  ) throws {
    let recipe = execution.rowsAtOnce.map(recipe.dividing) ?? recipe
    if recipe.keepsBest, dataset[.validation]?.rows ?? 0 == 0 {
      throw Diagnostic(
        "the best epoch cannot be found: the dataset has no validation split",
        remedy: "give the split a share where data is loaded, or keep the last epoch")
    }
    leastBatch = network.graph.leastBatch(freezing: frozen)
    if recipe.batch < leastBatch { throw Diagnostic.tooSmallForBatchNorm("batches") }
    if let rows = dataset[.train]?.rows, rows < leastBatch {
      throw Diagnostic.tooSmallForBatchNorm("a training split")
    }
    graph = network.graph
    let parted = execution.checkpointsActivations ? CheckpointedNetwork(graph) : nil
    stretches = parted ?? CheckpointedNetwork(whole: graph)
    self.recipe = recipe
    self.dataset = dataset
    self.execution = execution
    self.loss = loss
    self.frozen = frozen
    self.rates = rates.filter { $0.value != 1 }
    pace = SavingPace(interval: recipe.checkpoint.duration)
    parameters = try network.parameters.placed(for: execution)
    let specs = graph.nodes.filter { !frozen.contains($0.name) }.flatMap(graph.specs(of:))
      .filter { $0.role != .buffer }
    for spec in specs {
      let parameter = try parameters.tensor(spec.name).requireGradient()
      if execution.keepsInFile(parameter) {
        try parameter.setGradient(execution.keptZeros(like: parameter))
      }
    }
    optimizer = try Optimizer(
      recipe.optimizer.rule, parameters, specs: specs, trained: Set(specs.map(\.name)),
      rates: Self.factors(rates, of: graph), execution: execution)
    if recipe.average != nil { average = try parameters.placed(for: execution) }
  }

  /// The same with a recipe that is fitted to the network and the rows.
  package convenience init(
    _ recipe: TrainingRecipe, _ network: WeightedNetwork, on dataset: Dataset,
    frozen: Set<String> = [], rates: [String: Double] = [:], execution: Execution,
    loss: @escaping (Tensor, Batch) throws -> Tensor
  ) throws {
    try self.init(
      recipe.fitted(to: network.graph, on: dataset), network, on: dataset, frozen: frozen,
      rates: rates, execution: execution, loss: loss)
  }

  /// What the rate of each parameter is multiplied by, where it is another than 1.
  private static func factors(_ rates: [String: Double], of graph: Network) -> [String: Double] {
    var factors: [String: Double] = [:]
    for node in graph.nodes {
      guard let factor = rates[node.name] else { continue }
      for spec in graph.specs(of: node) { factors[spec.name] = factor }
    }
    return factors
  }

  /// Trains to the end and returns what was learned.
  package func run() throws -> TrainingResult {
    try restore()
    pace.begin()
    var meter = TrainingMeter(execution.observer, epochs: recipe.epochs)
    while progress.epochs < recipe.epochs, !isDoneEarly {
      try trainEpoch(&meter)
      try finishEpoch(&meter)
    }
    if let facts = meter.facts { execution.observer.log(facts) }
    let chosen = recipe.keepsBest ? best ?? current : current
    // What lies in files is not copied into memory.
    let parameters =
      try execution.stateFolder == nil ? chosen.collected() : chosen.mapValues { try $0.detach() }
    return TrainingResult(network: WeightedNetwork(graph, parameters), progress: progress)
  }

  private var isDoneEarly: Bool {
    guard let patience = recipe.earlyStop, isMeasured(progress.epochs) else { return false }
    return progress.epochsSinceBest >= patience
  }

  /// Whether so many epochs are a place to measure at.
  private func isMeasured(_ epochs: Int) -> Bool {
    epochs % recipe.interval == 0 || epochs == recipe.epochs
  }

  /// The parameters that count now: their average where one is kept.
  private var current: Parameters { average ?? parameters }

  private func trainEpoch(_ meter: inout TrainingMeter) throws {
    let epoch = progress.epochs
    let open = progress.open ?? OpenEpoch(batches: 0, losses: 0)
    let loader = try BatchLoader(
      dataset, .train, batch: recipe.batch, least: leastBatch, epoch: epoch,
      isTraining: true, first: open.batches, execution: execution)
    let stepsPerEpoch = (loader.count + recipe.accumulate - 1) / recipe.accumulate
    let run = RunLength(steps: stepsPerEpoch * recipe.epochs, stepsPerEpoch: stepsPerEpoch)
    try withoutGradients { try beforeEpoch?(parameters) }
    var losses = open.losses
    meter.beginSteps()
    try loader.forEach { index, batch in
      if execution.observer.isCancelled { throw CancellationError() }
      let group = index / recipe.accumulate
      let size = min(recipe.accumulate, loader.count - group * recipe.accumulate)
      let value = try accumulate(batch, place: (epoch, index), share: 1 / Double(size))
      try requireFiniteGradients(after: batch, at: (epoch, index))
      losses += value
      if index + 1 == loader.count || (index + 1) % recipe.accumulate == 0 {
        try takeStep(TrainingPlace(epoch: epoch, step: group, run: run))
        if index + 1 < loader.count {
          try keepState(within: OpenEpoch(batches: index + 1, losses: losses))
        }
      }
      meter.count(
        rows: batch.rows.count, loss: value, epoch: epoch,
        fraction: Double(index + 1) / Double(loader.count))
    }
    meter.endSteps(stepsPerEpoch - open.batches / recipe.accumulate)
    progress.open = nil
    progress.trainingLosses.append(losses / Double(loader.count))
  }

  /// Adds a batch's share to the gradients and returns its loss.
  ///
  /// - Parameter observe: Called with the network's output.
  func accumulate(
    _ batch: Batch, place: BatchPlace, share: Double, observe: ((Tensor) throws -> Void)? = nil
  ) throws -> Double {
    let recorded = try stretches.loss(
      for: batch.inputs, parameters, mode(at: place), in: execution.computing
    ) { outputs in
      try observe?(outputs[0])
      return try lossOfOutputs?(outputs, batch) ?? loss(outputs[0], batch)
    }
    let value = recorded.value
    let number = try value.item()
    guard number.isFinite else {
      throw try divergence(
        "the loss is \(number.isNaN ? "nan" : "\(number)")", in: batch, at: place)
    }
    try recorded.backward(from: share == 1 ? value : value * share)
    return number
  }

  func takeStep(_ place: TrainingPlace) throws {
    let base = recipe.optimizer.rule.learningRate
    let schedule = recipe.schedule.rule
    let rate =
      schedule.rate(at: progress.steps, of: place.run, base: base)
      * schedule.scale(after: progress.validationLosses)
    try withoutGradients {
      try optimizer.step(rate: rate, clip: recipe.gradientClip)
      try afterStep?(place, parameters)
      if let average, let decay = recipe.average {
        try ParameterAverage.move(
          average, towards: parameters, decay: decay, steps: progress.steps)
        try afterAverage?(average)
      }
    }
    progress.steps += 1
  }

  private func finishEpoch(_ meter: inout TrainingMeter) throws {
    progress.epochs += 1
    guard isMeasured(progress.epochs) else { return try keepState(within: nil) }
    var measured = [measurement(on: .train, ["loss": progress.trainingLosses.last ?? 0])]
    if let validation = dataset[.validation], validation.rows > 0 {
      meter.beginValidation()
      let (predictions, mean) = try validate()
      progress.validationLosses.append(mean)
      progress.validatedEpochs = (progress.validatedEpochs ?? []) + [progress.epochs]
      meter.take(predictions, loss: mean)
      measured.append(
        measurement(on: .validation, predictions.epochFigures.merging(["loss": mean]) { $1 }))
      if progress.isBestYet(from: firstCounted) {
        progress.bestEpoch = progress.epochs
        if recipe.keepsBest { best = try current.placed(for: execution) }
      }
    }
    progress.measurements = (progress.measurements ?? []) + measured
    execution.observer.log(progress.lastEpoch)
    try keepState(within: nil)
    for measurement in measured { execution.observer.measured(measurement) }
  }

  /// Keeps the state where it is time to: at the end of an epoch, or within one where nobody but the trainer
  /// keeps a state of their own.
  private func keepState(within open: OpenEpoch?) throws {
    guard execution.checkpoints != nil, open == nil || (beforeEpoch == nil && afterStep == nil),
      pace.isDue(atEnd: open == nil)
    else { return }
    progress.open = open
    try pace.timing { try save() }
  }

  private func measurement(on split: SplitName, _ values: [String: Double]) -> EpochMeasurement {
    EpochMeasurement(
      epoch: progress.epochs, step: progress.steps, split: split.rawValue, values: values)
  }

  /// What the network gives for the validation split, and the mean loss on it: in the unit of the
  /// training's, and in full precision.
  private func validate() throws -> (predictions: Predictions, loss: Double) {
    var sum = 0.0
    let predictions = try Predictions(
      of: WeightedNetwork(graph, current), on: dataset, .validation, execution: execution
    ) { output, batch in
      sum += try loss(output, batch).item() * Double(batch.rows.count)
    }
    let mean = sum / Double(max(predictions.rows, 1))
    guard mean.isFinite else {
      throw Diagnostic(
        "the validation loss is \(mean) after epoch \(progress.epochs)",
        remedy: "lower the learning rate, or bound the gradients with 'gradient-clip: {norm: 1}'")
    }
    return (predictions, mean)
  }
}
