package import Artifacts
package import Pipeline
internal import YAML

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
  }
}
