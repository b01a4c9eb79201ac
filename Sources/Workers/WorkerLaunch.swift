internal import FoundationEssentials
internal import Hardware

/// How workers are started and how long a cancelled one may take.
package struct WorkerLaunch: Sendable {
  package var executable: String
  package var arguments: [String]

  /// What every worker's environment starts from.
  package var environment: [String: String]

  /// The time between asking a worker to stop and killing it.
  package var grace: Duration

  package init(
    executable: String, arguments: [String] = ["worker"],
    environment: [String: String] = ProcessInfo.processInfo.environment,
    grace: Duration = .seconds(10)
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.grace = grace
  }

  /// Workers that run this very executable.
  package static var thisExecutable: WorkerLaunch {
    let inherited = ProcessInfo.processInfo.environment
    return WorkerLaunch(
      executable: OwnProgram.current.path, environment: CrashTraces.added(to: inherited))
  }
}
