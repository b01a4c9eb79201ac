internal import Dataset
internal import YAML

extension Dataset {
  /// Writes a dataset with the same rows, by hard link where possible, and more deferred steps.
  ///
  /// What changes training rows at random stands before everything else, so that it works on rows as
  /// they are stored.
  ///
  /// - Parameters:
  ///   - stage: The stage's name in the statistics.
  ///   - metrics: What the stage found out.
  func recording(
    _ steps: [any DeferredStep], named stage: String, metrics: Value, in directory: String
  ) throws {
    let old = description
    var writer = try DatasetWriter(
      directory: directory, features: old.features, target: old.target,
      isWeighted: old.isWeighted)
    for split in old.splits { try writer.share(split, from: self.directory) }
    let all = old.steps + steps
    _ = try writer.finish(
      applied: old.applied,
      steps: all.filter(\.isTrainingOnly) + all.filter { !$0.isTrainingOnly },
      statistics: old.statistics.merging([stage: metrics]), provenance: old.provenance)
  }
}
