/// How a run ended.
package enum RunStatus: String, Codable, Hashable, Sendable, CaseIterable {
  /// It is not over, or its process was killed.
  case running
  case succeeded
  /// A stage failed, or the run could not begin.
  case failed
  /// Something came out otherwise than the lock file says.
  case differed
  case cancelled
}
