import Dataset

/// Tells an observer a few times a second how a training goes.
struct TrainingMeter {
  private let observer: any ExecutionObserver
  private let epochs: Int
  private let start = ContinuousClock.now
  private var lastReport: ContinuousClock.Instant?
  private var rows = 0
  private var loss: Double?
  private var mark = ContinuousClock.now
  /// The steps that were taken, and how long they took with the making of their batches.
  private var steps = (count: 0, time: Duration.zero)
  private var validating = Duration.zero

  /// How good the network was after the last epoch, such as `validation 97.2%`.
  var validation: String?

  init(_ observer: any ExecutionObserver, epochs: Int) {
    self.observer = observer
    self.epochs = epochs
  }

  mutating func beginSteps() { mark = .now }

  mutating func endSteps(_ count: Int) {
    steps.count += count
    steps.time += .now - mark
  }

  mutating func beginValidation() { mark = .now }

  /// Where the time went, such as `840 steps took 58.213 s, validation 3.1 s`; nil before the first epoch.
  var facts: String? {
    guard steps.count > 0 else { return nil }
    return "\(steps.count) steps took \(rounded(steps.time / .seconds(1))) s, "
      + "validation \(rounded(validating / .seconds(1))) s"
  }

  /// Counts a batch; `fraction` is the share of the epoch that is done.
  mutating func count(rows: Int, loss: Double, epoch: Int, fraction: Double) {
    self.rows += rows
    self.loss = self.loss.map { $0 + 0.05 * (loss - $0) } ?? loss
    let now = ContinuousClock.now
    if let lastReport, now - lastReport < .milliseconds(250) { return }
    lastReport = now
    let done = Double(epoch) + fraction
    let seconds = (now - start) / .seconds(1)
    let rate = Double(self.rows) / max(seconds, 1e-9)
    let facts = ["loss \(rounded(self.loss ?? 0))", validation, "\(Int(rate)) rows/s"]
    observer.progress(
      unit: "epochs", completed: done, total: Double(epochs),
      detail: facts.compactMap { $0 }.joined(separator: ", "))
  }

  /// Takes what the network gives for the validation split, after `beginValidation`.
  mutating func take(_ predictions: Predictions, loss: Double) {
    validating += .now - mark
    let percent = (predictions.accuracy * 1000).rounded() / 10
    validation =
      "validation " + (predictions.task == .regression ? "\(rounded(loss))" : "\(percent)%")
  }

  /// Three decimals.
  private func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}
