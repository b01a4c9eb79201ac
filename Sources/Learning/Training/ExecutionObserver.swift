/// Hears how a computation goes, and may stop it.
package protocol ExecutionObserver: Sendable {
  /// Tells how far the work has come.
  ///
  /// - Parameters:
  ///   - unit: What is counted, in the plural.
  ///   - detail: A figure worth watching, such as `812 images/s, loss 0.31`.
  func progress(unit: String, completed: Double, total: Double?, detail: String)

  /// Tells what was measured after an epoch. A training that goes on from a state tells what was measured
  /// before it again, and then the same of the epochs that it repeats.
  func measured(_ measurement: EpochMeasurement)

  /// Adds a line to the log.
  func log(_ line: String)

  /// Whether to stop at the next convenient point, by throwing `CancellationError`.
  var isCancelled: Bool { get }
}

extension ExecutionObserver {
  package func measured(_ measurement: EpochMeasurement) {}
}

/// Hears nothing and never stops.
package struct SilentObserver: ExecutionObserver {
  package init() {}
  package func progress(unit: String, completed: Double, total: Double?, detail: String) {}
  package func log(_ line: String) {}
  package var isCancelled: Bool { false }
}
