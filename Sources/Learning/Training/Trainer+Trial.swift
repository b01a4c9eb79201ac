import Dataset
import Hardware
import Network
import Options
import Tensor
package import YAML

extension ExecutionSearch {
  /// A search that takes the first steps of a training.
  ///
  /// - Parameter trainer: Makes the training anew for an execution.
  package init(
    _ choices: Choices, steps: Int, of trainer: @escaping (Execution) throws -> Trainer
  ) {
    self.init(choices, steps: steps) { execution, seconds, limit in
      try execution.prepare()
      return try trainer(execution).secondsPerStep(within: seconds, unlessAbove: limit)
    } roundingError: { execution in
      var full = execution
      full.precision = .fp32
      try full.prepare()
      let trial = try trainer(full)
      var exact: [FirstBatch] = []
      try trial.forEachFirstBatch(try trial.comparedBatches) { exact.append($0) }
      var comparison = RoundingComparison(exact: exact)
      try execution.prepare()
      try trainer(execution).forEachFirstBatch(exact.count) { comparison.add($0) }
      return comparison.error
    }
  }
}

extension Trainer {
  /// Thrown to leave a loop over batches.
  private struct Enough: Error {}

  /// The most batches that are measured.
  private static let mostBatches = 12

  /// What a step does, whatever it runs with.
  package var work: Value {
    [
      "network": graph.value, "batch": .int(recipe.batch), "accumulate": .int(recipe.accumulate),
      "optimizer": .string(type(of: recipe.optimizer.rule).title),
      "steps": .int(dataset.description.steps.count),
    ]
  }

  /// How many batches an epoch of the training has.
  package var batches: Int {
    get throws { try trialLoader(epoch: 0, limit: .max).count }
  }

  /// How long a step takes, with its batches and its update, from the second one on. The trainer has moved
  /// on and is not to be used for a training any more.
  ///
  /// Batches are those of the training. A step of more than a dozen is measured by a dozen of them.
  ///
  /// - Parameters:
  ///   - seconds: About how long to measure; two steps are taken at least, and no more than begin within a
  ///     dozen batches.
  ///   - limit: Where the first step alone takes longer, no other is taken, and its time is given.
  package func secondsPerStep(
    within seconds: Double, unlessAbove limit: Double = .infinity
  ) throws -> Double {
    let clock = ContinuousClock()
    let whole = min(recipe.accumulate, try batches)
    let size = min(whole, Self.mostBatches)
    let beginning = clock.now
    var start: ContinuousClock.Instant?
    var (measured, open) = (0, 0)
    do {
      for epoch in 0... {
        let loader = try trialLoader(epoch: epoch, limit: 2 * Self.mostBatches)
        let run = RunLength(steps: loader.count * recipe.epochs, stepsPerEpoch: loader.count)
        try loader.forEach { index, batch in
          if execution.observer.isCancelled { throw CancellationError() }
          _ = try accumulate(batch, place: (epoch, index), share: 1 / Double(size))
          open += 1
          guard open == size else { return }
          try takeStep(TrainingPlace(epoch: epoch, step: index / size, run: run))
          if start != nil { measured += open }
          open = 0
          if start == nil, (clock.now - beginning) / .seconds(1) > limit { throw Enough() }
          let begun = start ?? clock.now
          start = begun
          if measured >= Self.mostBatches
            || (measured > 0 && (clock.now - begun) / .seconds(1) >= seconds)
          {
            throw Enough()
          }
        }
      }
    } catch is Enough {}
    let passed = (clock.now - (start ?? beginning)) / .seconds(1)
    return passed / Double(start == nil ? size : max(measured, 1)) * Double(whole)
  }

  /// What steps hold, told by the first two. The trainer has moved on and is not to be used for a training any
  /// more.
  package func memoryOfSteps() throws -> MemoryFit.Held {
    var held = MemoryFit.Held(between: 0, most: 0)
    // The first step makes what is kept from then on.
    let loader = try trialLoader(epoch: 0, limit: 2)
    let run = RunLength(steps: loader.count * recipe.epochs, stepsPerEpoch: loader.count)
    try loader.forEach { index, batch in
      if execution.observer.isCancelled { throw CancellationError() }
      if index > 0 {
        Engine.giveBackMemory()
        held.between = MemoryMeter.held
      }
      let most = try MemoryMeter.peak {
        _ = try accumulate(batch, place: (0, index), share: 1)
        try takeStep(TrainingPlace(epoch: 0, step: index, run: run))
      }
      held.most = max(held.most, most)
    }
    if loader.count < 2 { held.between = min(held.most, MemoryMeter.held) }
    return held
  }

  /// The first batches of an epoch, as the training takes them.
  private func trialLoader(epoch: Int, limit: Int) throws -> BatchLoader {
    try BatchLoader(
      dataset, .train, batch: recipe.batch, least: leastBatch, epoch: epoch, isTraining: true,
      limit: limit, execution: execution)
  }

  /// How many batches tell what rounding does: four, or two of a network so large that gradients of more
  /// would take much memory, and have enough values to tell by fewer.
  fileprivate var comparedBatches: Int {
    get throws {
      let values = parameters.values.reduce(0) { $0 + $1.count }
      return min(try batches, values > Self.mostCompared ? 2 : 4)
    }
  }

  private static let mostCompared = 16 << 20

  /// Calls `body` with what each of the first batches gives, taken alone at the first values.
  package func forEachFirstBatch(_ count: Int, _ body: (FirstBatch) throws -> Void) throws {
    let loader = try trialLoader(epoch: 0, limit: count)
    let layers = Dictionary(grouping: parameters.keys.sorted()) { name in
      name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    }.sorted { $0.key < $1.key }.map(\.value)
    try loader.forEach { index, batch in
      for tensor in parameters.values { try tensor.setGradient(nil) }
      var outputs: [Float] = []
      _ = try accumulate(batch, place: (0, index), share: 1) { outputs = try Self.values(of: $0) }
      let gradients = try layers.map { names in
        try names.flatMap { name in
          try parameters.tensor(name).gradient().map { try Self.values(of: $0) } ?? []
        }
      }
      try body(
        FirstBatch(
          outputs: outputs, rows: batch.rows.count, layers: gradients.filter { !$0.isEmpty }))
    }
  }

  private static func values(of tensor: Tensor) throws -> [Float] {
    try tensor.detach().to(.cpu).to(.float32).array(Float.self)
  }
}
