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
    self.init(choices, steps: steps) { execution, seconds in
      try execution.prepare()
      return try trainer(execution).secondsPerStep(within: seconds)
    } isExact: { execution in
      var exact = execution
      exact.precision = .fp32
      return try GradientNoise.covers(
        exact: trainer(exact).firstGradients(of: 2),
        rounded: trainer(execution).firstGradients(of: 1).first ?? [])
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
  /// - Parameter seconds: About how long to measure; two steps are taken at least, and no more than begin
  ///   within a dozen batches.
  package func secondsPerStep(within seconds: Double) throws -> Double {
    let clock = ContinuousClock()
    let whole = min(recipe.accumulate, try batches)
    let size = min(whole, Self.mostBatches)
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
    let passed = start.map { (clock.now - $0) / .seconds(1) } ?? 0
    return passed / Double(max(measured, 1)) * Double(whole)
  }

  /// The first batches of an epoch, as the training takes them.
  private func trialLoader(epoch: Int, limit: Int) throws -> BatchLoader {
    try BatchLoader(
      dataset, .train, batch: recipe.batch, least: leastBatch, epoch: epoch, isTraining: true,
      limit: limit, execution: execution)
  }

  /// The gradients of the first batches, each taken alone at the first values.
  package func firstGradients(of count: Int) throws -> [[Float]] {
    let loader = try trialLoader(epoch: 0, limit: count)
    let names = parameters.keys.sorted()
    var gradients: [[Float]] = []
    try loader.forEach { index, batch in
      for name in names { try parameters.tensor(name).setGradient(nil) }
      _ = try accumulate(batch, place: (0, index), share: 1)
      gradients.append(
        try names.flatMap { name in
          try parameters.tensor(name).gradient()?.to(.cpu).to(.float32).array(Float.self) ?? []
        })
    }
    return gradients
  }
}
