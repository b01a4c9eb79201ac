internal import Diagnostics
internal import Pipeline

/// How far a run has come.
struct RunState: Sendable {
  var upstream = UpstreamResults()
  var outcomes: [String: StageOutcome] = [:]

  /// The stages that had nothing left to be picked from.
  var blocked: Set<String> = []

  /// The stages whose inputs were picked among fewer than there should have been, and all after them.
  var provisional: Set<String> = []
  var inputs: [String: [String: [String]]] = [:]

  /// Why stages run, by address.
  var reasons: [String: String] = [:]
  var warnings: [String: [Diagnostic]] = [:]

  /// What trainings measured after each epoch, by address.
  private(set) var measured: [String: [StageMeasurement]] = [:]

  /// What went wrong with the run as a whole.
  var problems = Diagnostics()
  var differsFromLock = false

  /// Takes up what a training measured; what one tells again that goes on is taken up once.
  mutating func measure(_ address: String, _ measurement: StageMeasurement) {
    var known = measured[address] ?? []
    // A further attempt that begins anew measures the first epochs anew.
    known.removeAll { $0.epoch >= measurement.epoch && $0.split == measurement.split }
    known.append(measurement)
    measured[address] = known
  }

  /// Takes note of how a stage ended.
  mutating func settle(_ address: String, _ outcome: StageOutcome) {
    outcomes[address] = outcome
    if let result = outcome.result { upstream.settle(address, result) }
  }
}
