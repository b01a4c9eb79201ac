package import Artifacts
package import FoundationEssentials
package import Hardware
package import Pipeline
package import YAML

/// The result of running a stage; it stands for as long as the key does.
package struct StageResult: Hashable, Sendable {
  package var key: Digest

  /// What entered the key, so that a later run can name what changed.
  package var ingredients: Value

  /// The digest of the artifact's tree in the store.
  package var output: Digest
  package var seed: UInt64
  package var metrics: Value

  /// What it was computed with.
  package var numerics: Numerics
  package var resources: Resources
  package var seconds: Double

  /// The processor time of all threads together.
  package var cpuSeconds: Double

  /// The most memory in bytes that the worker held at once.
  package var peakMemory: Int

  /// The bytes of the artifact's files together.
  package var size: Int
  package var finished: Date

  package init(
    key: StageKey, output: Digest, seed: UInt64, metrics: Value, numerics: Numerics,
    resources: Resources, size: Int, finished: Date
  ) {
    self.key = key.digest
    ingredients = key.ingredients
    self.output = output
    self.seed = seed
    self.metrics = metrics
    self.numerics = numerics
    self.resources = resources
    seconds = 0
    cpuSeconds = 0
    peakMemory = 0
    self.size = size
    self.finished = finished
  }
}
