package import Artifacts
package import FoundationEssentials
package import Hardware
package import Pipeline
package import YAML

/// The result of running a stage once.
package struct StageResult: Hashable, Sendable {
  /// Its name among all results of a store: the run and the stage that it is of, as in
  /// `20260314-150926-5c1f/model`; the key alone where an older program kept one result for each key.
  package var id: String
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

  /// How it came about, where that is not by running the stage from nothing.
  package var origin = ResultOrigin()

  /// - Parameters:
  ///   - run: the name of the run that the result is of.
  ///   - address: the stage instance that left it.
  package init(
    of address: String, in run: String, key: StageKey, output: Digest, seed: UInt64,
    metrics: Value, numerics: Numerics, resources: Resources, size: Int, finished: Date
  ) {
    id = "\(run)/\(address)"
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

  /// The name of the run that did the stage, where that is known.
  package var run: String? {
    id.firstIndex(of: "/").map { String(id[..<$0]) }
  }
}
