package import Dataset
package import Network
import Tensor

/// Measures batch norms' statistics anew, as they have to be after weights were changed by hand.
package enum BatchNormEstimation {
  /// Replaces the running statistics by their mean over training batches.
  ///
  /// - Parameters:
  ///   - network: With its tensors on the execution's device; running statistics change in place.
  ///   - batches: At most how many batches are run.
  package static func run(
    _ network: WeightedNetwork, on dataset: Dataset, batch: Int,
    batches: Int = 64, execution: Execution
  ) throws {
    guard network.graph.nodes.contains(where: { $0.layer.traits.norm != nil }) else { return }
    let loader = try BatchLoader(
      dataset, .train, batch: batch, least: network.graph.leastBatch(), isTraining: true,
      limit: batches, execution: execution)
    let stream = RandomStream(seed: execution.seed, path: ["statistics"])
    try withoutGradients {
      try loader.forEach { index, batch in
        if execution.observer.isCancelled { throw CancellationError() }
        var mode = ForwardMode.training(stream.child(.init(index)))
        // With a momentum of 1 / k the running value is the mean of the first k.
        mode.batchNormMomentum = 1 / Double(index + 1)
        _ = try execution.evaluating { try network.forward(batch.inputs, mode) }
      }
    }
  }
}
