package import Artifacts
package import Pipeline
package import YAML

extension LockFile.Stage {
  /// What a lock file says of a result.
  ///
  /// - Parameter variation: what differs each time the stage runs.
  package init(of result: StageResult, _ variation: Variation?, in store: Store) throws {
    self.init(
      key: result.key, output: result.output, seed: result.seed, metrics: result.metrics,
      numerics: try Value(encoding: result.numerics),
      files: try variation.map { variation in
        try store.manifest(of: result.output).digests(except: variation.files)
      } ?? [:])
    origin = result.origin
  }

  /// How other metrics differ from those that are locked, as in `validation.loss 0.5 → 0.4`.
  package func changes(to metrics: Value) -> [String] {
    // As text, because what is not a number is not equal to itself.
    guard self.metrics.canonicalJSON != metrics.canonicalJSON else { return [] }
    return ValueComparison(self.metrics, metrics).sentences
  }
}
