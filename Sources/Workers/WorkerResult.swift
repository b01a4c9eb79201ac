package import Artifacts
package import Hardware
package import Pipeline
package import YAML

/// The result of a job, apart from the artifact that it left in its output folder.
package struct WorkerResult: Codable, Hashable, Sendable {
  package var metrics: Value
  package var numerics: Numerics

  /// What the stage ran with, where its resources left that open.
  package var settled: Resources?

  /// Files of the artifact whose digests the worker knows.
  package var written: [DigestedFile]

  /// The most memory in bytes that the worker held at once.
  package var peakMemory: Int

  /// The processor time of all threads together.
  package var cpuSeconds: Double
  package var seconds: Double

  package init(
    metrics: Value, numerics: Numerics, settled: Resources? = nil,
    written: [DigestedFile] = [], peakMemory: Int, cpuSeconds: Double, seconds: Double
  ) {
    self.metrics = metrics
    self.numerics = numerics
    self.settled = settled
    self.written = written
    self.peakMemory = peakMemory
    self.cpuSeconds = cpuSeconds
    self.seconds = seconds
  }
}
