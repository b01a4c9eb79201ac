package import Dataset
package import Network
package import Tensor
import Diagnostics
import Options
import YAML

/// Trains a network's parameters by gradient descent.
///
/// After every epoch the state is kept in the execution's checkpoint directory, if it has one; a
/// training that was killed goes on from there and ends with the same bits.
package final class Trainer {
  let graph: Network
  let recipe: TrainingRecipe
  let dataset: Dataset
  let execution: Execution
  let loss: (Tensor, Batch) throws -> Tensor
  private let frozen: Set<String>
  let leastBatch: Int
  let parameters: Parameters
  private let optimizer: Optimizer
  private var average: Parameters?
  private var best: Parameters?
  private var progress = TrainingProgress()

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
  package init(
    _ recipe: TrainingRecipe, _ network: WeightedNetwork, on dataset: Dataset,
    frozen: Set<String> = [], execution: Execution,
    loss: @escaping (Tensor, Batch) throws -> Tensor
  ) throws {
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
    self.recipe = recipe
    self.dataset = dataset
    self.execution = execution
    self.loss = loss
    self.frozen = frozen
    parameters = try network.parameters.placed(for: execution)
    let specs = graph.nodes.filter { !frozen.contains($0.name) }.flatMap(graph.specs(of:))
      .filter { $0.role != .buffer }
    for spec in specs { try parameters.tensor(spec.name).requireGradient() }
    optimizer = try Optimizer(
      recipe.optimizer.rule, parameters, specs: specs, trained: Set(specs.map(\.name)))
    if recipe.average != nil { average = try parameters.placed(for: execution) }
  }

  /// Trains to the end and returns what was learned.
  package func run() throws -> TrainingResult {
    try restore()
    var meter = TrainingMeter(execution.observer, epochs: recipe.epochs)
    while progress.epochs < recipe.epochs, !isDoneEarly {
      try trainEpoch(&meter)
      try finishEpoch(&meter)
    }
    let chosen = recipe.keepsBest ? best ?? current : current
    return TrainingResult(
      network: WeightedNetwork(graph, try chosen.collected()), progress: progress)
  }

  private var isDoneEarly: Bool {
    recipe.earlyStop.map { progress.epochsSinceBest >= $0 } ?? false
  }

  /// The parameters that count now: their average where one is kept.
  private var current: Parameters { average ?? parameters }

  private func trainEpoch(_ meter: inout TrainingMeter) throws {
    let epoch = progress.epochs
    let loader = try BatchLoader(
      dataset, .train, batch: recipe.batch, least: leastBatch, epoch: epoch,
      isTraining: true, execution: execution)
    let stepsPerEpoch = (loader.count + recipe.accumulate - 1) / recipe.accumulate
    let run = RunLength(steps: stepsPerEpoch * recipe.epochs, stepsPerEpoch: stepsPerEpoch)
    try withoutGradients { try beforeEpoch?(parameters) }
    var losses = 0.0
    try loader.forEach { index, batch in
      if execution.observer.isCancelled { throw CancellationError() }
      let group = index / recipe.accumulate
      let size = min(recipe.accumulate, loader.count - group * recipe.accumulate)
      let value = try accumulate(batch, place: (epoch, index), share: 1 / Double(size))
      losses += value
      if index + 1 == loader.count || (index + 1) % recipe.accumulate == 0 {
        try takeStep(TrainingPlace(epoch: epoch, step: group, run: run))
      }
      meter.count(
        rows: batch.rows.count, loss: value, epoch: epoch,
        fraction: Double(index + 1) / Double(loader.count))
    }
    progress.trainingLosses.append(losses / Double(loader.count))
  }

  /// Adds a batch's share to the gradients and returns its loss.
  func accumulate(
    _ batch: Batch, place: (epoch: Int, batch: Int), share: Double
  ) throws -> Double {
    let stream = RandomStream(
      seed: execution.seed, path: ["forward", .init(place.epoch), .init(place.batch)])
    var mode = ForwardMode.training(stream)
    mode.frozenNodes = frozen
    let value = try execution.computing {
      guard let lossOfOutputs else {
        return try loss(graph.forward(batch.inputs, parameters, mode), batch)
      }
      return try lossOfOutputs(graph.allOutputs(batch.inputs, parameters, mode), batch)
    }
    let number = try value.item()
    guard number.isFinite else {
      throw Diagnostic(
        "the loss is \(number) in epoch \(place.epoch + 1), batch \(place.batch + 1)",
        remedy: "lower the learning rate, or bound the gradients with 'gradient-clip: {norm: 1}'",
        "look for missing values in the data, and fill them in a clean stage")
    }
    try (share == 1 ? value : value * share).backward()
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
      try moveAverage()
      if let average { try afterAverage?(average) }
    }
    progress.steps += 1
  }

  /// Moves the average by 1 - ema, faster in the first steps so that the start is soon forgotten.
  private func moveAverage() throws {
    guard let average, let decay = recipe.average else { return }
    let names = average.keys.sorted()
    let steps = Double(progress.steps)
    try ParameterUpdates.move(
      names.map { try average.tensor($0) }, towards: names.map { try parameters.tensor($0) },
      by: 1 - min(decay, (1 + steps) / (10 + steps)))
  }

  private var checkpoints: CheckpointFolder? {
    get throws {
      try execution.checkpoints.map { path in
        CheckpointFolder(path, signature: signature, numerics: try execution.numerics())
      }
    }
  }

  private func finishEpoch(_ meter: inout TrainingMeter) throws {
    progress.epochs += 1
    var measured = [measurement(on: .train, ["loss": progress.trainingLosses.last ?? 0])]
    if let validation = dataset[.validation], validation.rows > 0 {
      let (predictions, mean) = try validate()
      progress.validationLosses.append(mean)
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
    try checkpoints?.save(
      Checkpoint(
        progress: progress, parameters: parameters, optimizer: optimizer.state, average: average,
        best: best))
    for measurement in measured { execution.observer.measured(measurement) }
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

  private func restore() throws {
    guard let saved = try checkpoints?.latest(log: execution.observer.log) else { return }
    try withoutGradients {
      for (name, tensor) in parameters {
        try tensor.copy(from: saved.parameters.tensor(name))
      }
      for (name, tensor) in average ?? [:] {
        try tensor.copy(from: (saved.average ?? [:]).tensor(name))
      }
      try optimizer.restore(saved.optimizer, step: saved.progress.steps)
    }
    best = try saved.best?.placed(for: execution)
    progress = saved.progress
    // Whoever heard of them may have been killed before it kept them.
    for measurement in progress.measurements ?? [] { execution.observer.measured(measurement) }
    execution.observer.log("continues after epoch \(progress.epochs)")
  }

  /// What tells this training from another one in the same place.
  private var signature: String {
    let value: Value = [
      "network": graph.value, "recipe": recipe.value, "seed": .string("\(execution.seed)"),
      "frozen": .array(frozen.sorted().map(Value.string)),
    ]
    return value.canonicalJSON
  }
}
