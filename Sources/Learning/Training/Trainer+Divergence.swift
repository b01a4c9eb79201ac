import Dataset
import Diagnostics
import Hardware
import Network
import Tensor

extension Trainer {
  /// Where a batch stands, both counted from 0.
  typealias BatchPlace = (epoch: Int, batch: Int)

  /// What the forward pass of a batch draws and holds still.
  func mode(at place: BatchPlace) -> ForwardMode {
    let stream = RandomStream(
      seed: execution.seed, path: ["forward", .init(place.epoch), .init(place.batch)])
    var mode = ForwardMode.training(stream)
    mode.frozenNodes = frozen
    return mode
  }

  /// Refuses gradients with which a step would leave parameters that are no numbers.
  func requireFiniteGradients(after batch: Batch, at place: BatchPlace) throws {
    guard try !Tensor.gradientsAreFinite(of: optimizer.parameters) else { return }
    throw try divergence("the gradient is not finite", in: batch, at: place)
  }

  /// That a training cannot go on, with the batch, with what was not finite first, and with what to do.
  func divergence(_ fact: String, in batch: Batch, at place: BatchPlace) throws -> Diagnostic {
    let search = DivergenceSearch(
      graph: graph, parameters: parameters, mode: mode(at: place), execution: execution,
      description: dataset.description, loss: loss)
    let cause =
      try search.cause(in: batch) ?? "run once more by itself, layer by layer, the batch is finite"
    let rate = recipe.optimizer.rule.learningRate
    var problem = Diagnostic(
      "\(fact) in epoch \(place.epoch + 1), batch \(place.batch + 1): \(cause)")
    if let extreme = try search.extremeInput(in: batch) {
      problem = problem.adding(
        remedy: "the batch has \(extreme): scale such values with 'normalize: z-score', or limit "
          + "them with '- outliers: {iqr: {}}' in a clean stage")
    }
    if execution.precision == .fp16 {
      problem = problem.adding(
        remedy: "fp16 holds nothing beyond 65504: write 'precision: bf16' or 'precision: fp32'")
    }
    return problem.adding(
      remedy: "lower the learning rate, which is \(rate), or bound the gradients with "
        + "'gradient-clip: {norm: 1}'")
  }
}
