/// How the process ends.
package enum ExitCode: Int32, Sendable {
  case done = 0
  /// A stage failed, or something that was asked for could not be had.
  case failed = 1
  /// The file or the command line is wrong; nothing ran.
  case wrong = 2
  /// A lock file or a verification differs.
  case differs = 3
  /// The user interrupted.
  case interrupted = 130
}
