package import Artifacts
package import Diagnostics
package import YAML

/// Where a running stage tells what it does. Safe to call from any thread.
package protocol StageReporter: Sendable {
  func progress(_ progress: StageProgress)

  /// Merges an object into the stage's metrics, nested objects key by key.
  func metrics(_ values: Value)

  /// Tells what was measured after an epoch, as it happens. An attempt that goes on from an earlier one
  /// tells what that measured again.
  func measured(_ measurement: StageMeasurement)

  /// Adds a line to the stage's log.
  func log(_ line: String)

  /// Adds what a program printed to the stage's log, as it is: whole lines, or a part of a long one.
  func log(output bytes: [UInt8])

  /// Shows a warning to the person who runs the pipeline.
  func warn(_ diagnostic: Diagnostic)

  /// Tells what the stage computes with, where its resources left that open.
  func settle(_ resources: Resources)

  /// Tells of a file of the artifact that is complete, with its digest, so that it need not be read for that
  /// again. Nobody changes it afterwards.
  func wrote(_ file: DigestedFile)

  /// Whether the stage should stop at the next convenient point, by throwing `CancellationError`.
  var isCancelled: Bool { get }
}

extension StageReporter {
  package func measured(_ measurement: StageMeasurement) {}

  package func settle(_ resources: Resources) {}

  package func wrote(_ file: DigestedFile) {}

  package func log(output bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in text.hasSuffix("\n") ? lines.dropLast() : lines { log(String(line)) }
  }
}
