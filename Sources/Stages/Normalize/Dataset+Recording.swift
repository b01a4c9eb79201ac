internal import Dataset
internal import YAML

extension Dataset {
  /// Writes a dataset with the same rows, by hard link where possible, and one more deferred step.
  ///
  /// - Parameters:
  ///   - stage: The stage's name in the statistics.
  ///   - metrics: What the stage found out.
  func recording(
    _ step: any DeferredStep, named stage: String, metrics: Value, in directory: String
  ) throws {
    let old = description
    var writer = try DatasetWriter(
      directory: directory, features: old.features, target: old.target,
      isWeighted: old.isWeighted)
    for split in old.splits { try writer.share(split, from: self.directory) }
    _ = try writer.finish(
      applied: old.applied, steps: old.steps + [step],
      statistics: old.statistics.merging([stage: metrics]), provenance: old.provenance)
  }
}
