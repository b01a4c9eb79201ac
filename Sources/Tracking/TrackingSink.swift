internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import Records
internal import YAML

/// A run as those hear of it who keep figures.
struct TrackedRun: Sendable {
  /// The run's id; of a trial that several runs make that of the trial, such as `search-….7`.
  var id: String
  var pipeline: String
  /// What was set for a trial, by path.
  var settings: [String: Value] = [:]
  /// The search that it is a trial of, with the trial's number.
  var trial: (search: String, number: Int)?
  var facts: [String: String] = [:]

  /// The folder that files about it have, below that of all runs.
  var folder: String { trial.map { "\($0.search)/trial-\($0.number)" } ?? id }
}

/// A stage of a run that makes a model or measures one.
struct TrackedStage: Sendable {
  var address: String
  var kind: String
  var describe: String
  var settings: Value
  /// Whether its artifact is a model.
  var makesModel: Bool
}

/// How a run or a stage ended.
enum TrackedEnd: String, Sendable {
  case finished = "FINISHED"
  case failed = "FAILED"
  case stopped = "KILLED"
}

/// Somewhere that figures go while a run goes on. None of it waits for anything but a file, and none fails: what
/// went wrong is told in the end.
protocol TrackingSink: Sendable {
  func begin(_ run: TrackedRun)
  func begin(_ stage: TrackedStage, in run: TrackedRun)
  func add(_ measurement: StageMeasurement, of stage: TrackedStage, in run: TrackedRun)

  /// - Parameters:
  ///   - figures: The numbers among its metrics, by split and path; those of no split under an empty name.
  ///   - output: The artifact's tree, where it left one.
  func end(
    _ stage: TrackedStage, in run: TrackedRun, _ end: TrackedEnd,
    figures: [String: [String: Double]], epoch: Int, output: Digest?)

  /// - Parameter report: The page about it, where one was written.
  func end(_ run: TrackedRun, _ end: TrackedEnd, report: String?)

  /// - Parameter search: The id of a search whose trials were told of.
  func end(search: String, _ end: TrackedEnd)

  /// Waits a little for what is under way, and tells what did not arrive.
  func finish() -> [Diagnostic]
}

extension TrackingSink {
  /// What to do about figures that did not arrive: nothing.
  static var remedy: String { "the run is not the worse for it: 'anneal show' has its figures" }
}
