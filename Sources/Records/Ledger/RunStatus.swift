/// How a run ended.
package enum RunStatus: String, Codable, Hashable, Sendable, CaseIterable {
  case running
  case succeeded
  /// A stage failed, or the run could not begin.
  case failed
  /// Something came out otherwise than the lock file says.
  case differed
  case cancelled
  /// A file that it needs beside the pipeline is missing or wrong, and nothing ran; never recorded.
  case refused
  /// Its process was killed before the run was over. The record still says `running`, and nobody holds
  /// the run's mark.
  case interrupted
}
