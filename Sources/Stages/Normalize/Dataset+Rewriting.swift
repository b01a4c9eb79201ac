internal import Dataset
internal import Diagnostics
internal import Pipeline
internal import Tensor
internal import YAML

extension Dataset {
  /// Writes a dataset whose rows have been through all deferred steps and some more, which new rows go
  /// through as well.
  ///
  /// - Parameters:
  ///   - stage: The stage's name in the statistics.
  ///   - metrics: What the stage found out.
  func rewriting(
    through more: [any DeferredStep], named stage: String, metrics: Value, _ job: StageJob,
    _ reporter: any StageReporter
  ) throws {
    let old = description
    guard !old.steps.contains(where: \.isTrainingOnly) else {
      throw Diagnostic(
        "the training rows are changed at random in every epoch, so that they cannot be written "
          + "normalised before",
        remedy: "put the stage with 'materialize: true' before the augment stage")
    }
    let steps = old.steps + more
    let features = steps.reduce(old.features) { $1.transforming($0) }
    var writer = try DatasetWriter(
      directory: job.output, features: features, target: old.target, isWeighted: old.isWeighted,
      wrote: reporter.wrote)
    let context = StepContext(seed: job.seed, isTraining: false)
    let size = max(1, min(4096, (1 << 22) / features.reduce(1) { $0 + $1.width }))
    for split in old.splits {
      try self[split.name]?.forEachBlock(of: size) { block in
        guard !reporter.isCancelled else { throw CancellationError() }
        let rows = try block.applying(steps, in: context, shapes: old.features)
        try writer.append(rows, to: split.name)
      }
    }
    _ = try writer.finish(
      applied: old.applied + steps, statistics: old.statistics.merging([stage: metrics]),
      provenance: old.provenance)
  }
}
