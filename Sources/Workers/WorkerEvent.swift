package import Diagnostics
package import Pipeline
package import YAML

/// What a worker tells about a job while it runs.
package enum WorkerEvent: Hashable, Sendable {
  case progress(StageProgress)
  /// Members to be merged into the stage's metrics.
  case metrics(Value)
  /// What was measured after an epoch of a training.
  case measured(StageMeasurement)
  /// A line that has been added to the stage's log.
  case log(String)
  case warning(Diagnostic)
}
