internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Processes

/// This executable as a child process, for what must not happen in the command's own process.
enum OwnProcess {
  /// Runs it to its end on this process's own output and errors.
  ///
  /// - Parameter input: what it reads; by default nothing.
  static func attached(
    _ words: [String], reading input: consuming StandardInput? = nil
  ) throws(Diagnostic) -> ChildProcess.Ending {
    let nothing = try OpenFile(reading: "/dev/null")
    let child = try ChildProcess(
      executable: OwnProgram.current.path, arguments: words,
      environment: ProcessInfo.processInfo.environment,
      descriptors: [0: input?.descriptor ?? nothing.descriptor, 1: 1, 2: 2], leading: .group)
    // The child has it now.
    _ = consume input
    return child.waitForEnd()
  }

  /// Runs it to its end, with the words of a command line.
  static func run(_ words: [String]) throws(Diagnostic) -> FinishedProgram {
    try FinishedProgram(
      running: OwnProgram.current.path, words, environment: ProcessInfo.processInfo.environment)
  }
}
