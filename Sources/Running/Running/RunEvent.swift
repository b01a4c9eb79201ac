package import Diagnostics
package import Pipeline
package import Planning
package import YAML

/// What happens in a run, told one at a time and in order.
package enum RunEvent: Sendable {
  /// The run began; the graph holds just the stages that are wanted.
  case started(id: String, graph: PipelineGraph, plan: Plan)

  /// A stage has been given to a worker; the reason is a clause such as `it has not run yet`.
  case stageStarted(String, attempt: Int, because: String)

  /// Another process produces the same output, and the stage waits for it.
  case stageWaits(String)

  /// A stage of the same group runs in another process, and the stage waits for it.
  case stageWaitsForGroup(String, group: String)

  /// Files that a stage writes beside its artifact were put back, because its result was taken up.
  case filesPutBack(String, paths: [String])
  case progress(String, StageProgress)
  case metrics(String, Value)
  /// What a training measured after an epoch; told again where a training goes on.
  case measured(String, StageMeasurement)
  /// A line of a log that the request asked to follow.
  case log(String, String)
  case warning(String, Diagnostic)

  /// A stage failed and is about to be tried again.
  case stageRetries(String, after: Diagnostics, attempt: Int)
  case stageFinished(String, StageOutcome)
  case finished(RunSummary)
}
