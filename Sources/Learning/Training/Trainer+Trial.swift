import Dataset
import Hardware
import Network
import Tensor

extension Trainer {
  /// Thrown to leave a loop over batches.
  private struct Enough: Error {}

  /// How long a step takes, with its batch and its update, from the second one on. The trainer has moved
  /// on and is not to be used for a training any more.
  ///
  /// - Parameter seconds: About how long to measure; two steps are taken at least, and a dozen at most.
  package func secondsPerStep(within seconds: Double) throws -> Double {
    let clock = ContinuousClock()
    var start = clock.now
    var steps = -1
    do {
      for epoch in 0... {
        let loader = try BatchLoader(
          dataset, .train, batch: recipe.batch, epoch: epoch, isTraining: true, limit: 13,
          execution: execution)
        let run = RunLength(steps: loader.count * recipe.epochs, stepsPerEpoch: loader.count)
        try loader.forEach { index, batch in
          if execution.observer.isCancelled { throw CancellationError() }
          _ = try accumulate(batch, place: (epoch, index), share: 1)
          try takeStep(TrainingPlace(epoch: epoch, step: index, run: run))
          steps += 1
          if steps == 0 { start = clock.now }
          if steps >= 12 || (steps >= 1 && (clock.now - start) / .seconds(1) >= seconds) {
            throw Enough()
          }
        }
      }
    } catch is Enough {}
    return (clock.now - start) / .seconds(1) / Double(max(steps, 1))
  }

  /// The gradients of the first batches, each taken alone at the first values.
  package func firstGradients(of count: Int) throws -> [[Float]] {
    let loader = try BatchLoader(
      dataset, .train, batch: recipe.batch, isTraining: true, limit: count, execution: execution)
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
