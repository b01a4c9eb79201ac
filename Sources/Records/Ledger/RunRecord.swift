package import Diagnostics
package import FoundationEssentials
package import Hardware
package import Pipeline

/// A run of a pipeline as the ledger keeps it.
package struct RunRecord: Sendable {
  package var id: String
  package var pipeline: String

  /// The pipeline file as the user named it.
  package var file: String

  /// The absolute path of the pipeline file; empty in runs of programs that did not keep it.
  package var path = ""
  package var seed: Int
  package var numerics: NumericsMode
  package var machine: Machine
  package var started: Date

  /// `nil` while it runs, and where its process was killed.
  package var finished: Date?
  package var status = RunStatus.running

  /// What went wrong with the run as a whole, such as a lock file that could not be written.
  package var problems: [Diagnostic] = []

  /// What surrounded the run.
  package var environment = RunEnvironment()

  /// What people say of it: names that several runs may share, sorted, and a text.
  package var tags: [String] = []
  package var note = ""

  package init(
    id: String, pipeline: String, file: String, seed: Int, numerics: NumericsMode,
    machine: Machine, started: Date
  ) {
    self.id = id
    self.pipeline = pipeline
    self.file = file
    self.seed = seed
    self.numerics = numerics
    self.machine = machine
    self.started = started
  }

  package var seconds: Double? { finished?.timeIntervalSince(started) }

  /// A name for a run that begins now, which sorts by time: `20260314-150926-5c1f`.
  package static func newID(at time: Date) -> String {
    let digits = time.formatted(
      Date.ISO8601FormatStyle(
        dateSeparator: .omitted, dateTimeSeparator: .space, timeSeparator: .omitted,
        timeZone: .gmt
      ).year().month().day().time(includingFractionalSeconds: false))
    let word = String(UInt16.random(in: 0 ... .max), radix: 16)
    return digits.replacing(" ", with: "-") + "-" + String(repeating: "0", count: 4 - word.count)
      + word
  }
}
