internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Processes

/// This executable as a child process, for what must not happen in the command's own process.
enum OwnProcess {
  /// Runs it to its end, with the words of a command line.
  static func run(_ words: [String]) throws(Diagnostic) -> FinishedProgram {
    try FinishedProgram(
      running: OwnProgram.current.path, words, environment: ProcessInfo.processInfo.environment)
  }
}
