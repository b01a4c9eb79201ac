internal import Processes

/// Adds lines to an open log.
final class LogWriter: Sendable {
  private let descriptor: Descriptor

  init(_ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  func write(_ line: String) {
    // A log on a full disk is no reason to lose the stage's work.
    _ = descriptor.writeAll(Array((line + "\n").utf8))
  }
}
