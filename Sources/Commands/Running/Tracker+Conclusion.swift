internal import Diagnostics
internal import Tracking

extension Tracker {
  /// Waits for what is on its way, and says what did not arrive. A signal ends the process, as the run has ended
  /// and a server may be slow.
  func conclude(on console: Console) {
    InterruptionSignals.endProcess()
    console.say(Diagnostics(finish()))
  }
}
