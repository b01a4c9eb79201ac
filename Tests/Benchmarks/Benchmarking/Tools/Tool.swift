/// A program that runs pipelines, with how it is given a workload and called at its best.
protocol Tool: Sendable {
  var name: String { get }

  /// What tells it that a stage is up to date, without a full stop.
  var criterion: String { get }

  /// How it is called and set, without a full stop.
  var calls: String { get }

  /// What says its version.
  var version: Invocation { get }

  /// The files that describe a workload to it, by name.
  func files(for workload: Workload) -> [String: String]

  /// What readies a workspace, not measured.
  var preparation: [Invocation] { get }

  /// Reads a pipeline and ends.
  var read: Invocation { get }

  /// Says what would run; `nil` where the tool has no such thing.
  var plan: Invocation? { get }

  /// Runs what is not up to date, two stages at a time where the tool can do that.
  var run: Invocation { get }

  /// Brings a new workspace up to date, not measured.
  func settle(_ workload: Workload) -> Invocation
}

extension Tool {
  var preparation: [Invocation] { [] }

  func settle(_ workload: Workload) -> Invocation { run }
}
