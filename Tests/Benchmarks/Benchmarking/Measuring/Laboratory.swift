internal import Artifacts
internal import Dispatch
internal import Diagnostics
internal import Foundation
internal import Processes

/// Runs programs in workspaces and measures them.
struct Laboratory: Sendable {
  /// The folder that holds all workspaces.
  let root: String
  /// Seconds after which a run is stopped.
  let limit: Double

  func workspace(_ workload: Workload, for tool: any Tool) throws -> Workspace {
    let workspace = try Workspace(workload, for: tool, below: root)
    for invocation in tool.preparation { try perform(invocation, in: workspace) }
    return workspace
  }

  /// Measures a program that has to end with status 0.
  ///
  /// What earlier runs wrote is on the medium before the clock starts.
  func measure(_ invocation: Invocation, in workspace: Workspace) throws -> Outcome {
    sync()
    let start = ContinuousClock.now
    let child = try launch(invocation, in: workspace)
    let alarm = DispatchSource.makeTimerSource()
    alarm.setEventHandler { child.signal(SIGKILL, group: true) }
    alarm.schedule(deadline: .now() + limit)
    alarm.activate()
    let (ending, usage) = child.waitForEndAndUsage()
    let wall = (ContinuousClock.now - start).inSeconds
    alarm.cancel()
    switch ending {
    case .exited(0):
      return .finished(
        Measurement(
          wall: wall, processor: usage.processorTime.inSeconds, peakMemory: usage.peakMemory))
    case .signalled(SIGKILL) where wall >= limit: return .exceeded(limit)
    case let ending: return .failed("\(ending): \(workspace.lastLines(3))")
    }
  }

  /// Measures a program that itself says how long its work took, in a last line such as `seconds 1.25`:
  /// that counts as its wall time, and what came before does not.
  func timed(_ invocation: Invocation, in workspace: Workspace) throws -> Outcome {
    let outcome = try measure(invocation, in: workspace)
    guard case .finished(var measurement) = outcome else { return outcome }
    let words = workspace.lastLines(1).split(separator: " ")
    guard words.count == 2, words[0] == "seconds", let seconds = Double(words[1]) else {
      return .failed("it says no time: \(workspace.lastLines(1))")
    }
    measurement.wall = seconds
    return .finished(measurement)
  }

  /// Runs a program that is not measured.
  func perform(_ invocation: Invocation, in workspace: Workspace) throws {
    guard try launch(invocation, in: workspace).waitForEnd() == .exited(0) else {
      let words = ([invocation.executable] + invocation.arguments).joined(separator: " ")
      throw Diagnostic(
        "'\(words)' failed in '\(workspace.path)'",
        remedy: "its last lines were: \(workspace.lastLines(3))")
    }
  }

  /// What a program writes.
  func output(of invocation: Invocation) throws -> String {
    let workspace = try Workspace(below: root)
    try perform(invocation, in: workspace)
    return workspace.lastLines(100)
  }

  /// Programs get a home folder of their own, so that a user's settings do not count.
  private func launch(_ invocation: Invocation, in workspace: Workspace) throws -> ChildProcess {
    var environment = ["HOME": root, "LANG": "C.UTF-8", "PATH": Self.path]
    environment.merge(invocation.environment) { _, new in new }
    let nothing = try OpenFile(reading: "/dev/null")
    try Folder.remove(workspace.log)
    let log = try OpenFile(creating: workspace.log)
    return try ChildProcess(
      executable: invocation.executable, arguments: invocation.arguments,
      environment: environment,
      directory: workspace.path,
      descriptors: [0: nothing.descriptor, 1: log.descriptor, 2: log.descriptor], leading: .group)
  }

  private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
