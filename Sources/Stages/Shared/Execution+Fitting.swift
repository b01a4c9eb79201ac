internal import Diagnostics
internal import Hardware
internal import Learning
internal import Network
internal import Pipeline
internal import Tensor

extension Execution {
  /// The execution with steps that fit into a job's memory: as an earlier attempt took them, or as the
  /// first steps tell where a look at the network leaves it open.
  ///
  /// - Parameters:
  ///   - earlier: What an earlier attempt settled.
  ///   - network: What is trained.
  ///   - trainer: Makes the training anew for an execution.
  func fitted(
    to job: StageJob, _ reporter: any StageReporter, after earlier: Resources?,
    _ recipe: FittedRecipe, _ network: Network, trainer: @escaping (Execution) throws -> Trainer
  ) throws -> Execution {
    let resources = earlier ?? job.resources
    let rows = resources.rowsAtOnce
    var fitted = self
    fitted.rowsAtOnce = rows == .max ? nil : rows
    fitted.checkpointsActivations =
      recipe.checkpointsActivations ?? resources.checkpointsActivations ?? false
    guard device == .cpu, rows == nil || resources.checkpointsActivations == nil else {
      return fitted
    }
    let limit = job.memory
    let batch = min(recipe.batch, rows ?? .max)
    let need = MemoryFit.estimate(network)
    guard saturatingSum([need.fixed, saturatingProduct([need.perRow, batch])]) > limit / 2 else {
      return fitted
    }
    Engine.keepLittleMemory()
    let fit = MemoryFit(
      limit: limit, batch: batch, least: try trainer(fitted).leastBatch,
      perRow: need.perRow
    ) { rows, checkpointsActivations in
      var execution = fitted
      execution.checkpoints = nil
      execution.rowsAtOnce = rows
      execution.checkpointsActivations = checkpointsActivations
      Engine.giveBackMemory()
      return try trainer(execution).memoryOfSteps()
    }
    let (way, summary) = try job.placing(TrainingRecipe.batchKey) {
      try fit.way(
        checkpointing: recipe.checkpointsActivations,
        canCheckpoint: CheckpointedNetwork(network) != nil,
        division: rows != nil ? .repeated : recipe.choosesBatch ? .allowed : .fixedBatch)
    }
    Engine.giveBackMemory()
    reporter.log(summary)
    fitted.isShortOfMemory = true
    // Without gradients rows hold less.
    fitted.evaluationBatch = min(fitted.evaluationBatch, way.rowsAtOnce ?? batch)
    fitted.checkpointsActivations = way.checkpointsActivations
    if let rows = way.rowsAtOnce { fitted.rowsAtOnce = rows }
    return fitted
  }
}
