/// What a training has to remember between epochs, beside tensors.
package struct TrainingProgress: Codable, Hashable, Sendable {
  /// How many epochs are done.
  package var epochs = 0
  /// How many optimizer steps are done.
  package var steps = 0
  /// The mean training loss of each epoch.
  package var trainingLosses: [Double] = []
  /// The validation loss after each epoch that was measured, where there is a validation split.
  package var validationLosses: [Double] = []
  /// These epochs, from 1; `nil` in states of programs that measured all.
  package var validatedEpochs: [Int]? = []
  /// The epoch, from 1, with the lowest validation loss.
  package var bestEpoch: Int?
  /// What was measured after each epoch; `nil` in states of programs that did not keep it.
  package var measurements: [EpochMeasurement]? = []
  /// What is done of the epoch that was under way when the state was kept.
  package var open: OpenEpoch?

  package init() {}

  /// Whether the last epoch has the lowest validation loss of those from one on, counted from 0.
  func isBestYet(from first: Int) -> Bool {
    let epochs = validatedEpochs ?? Array(1...max(validationLosses.count, 1))
    let counted = zip(epochs, validationLosses).filter { $0.0 > first }
    guard let last = counted.last, last.0 == self.epochs else { return false }
    return counted.dropLast().allSatisfy { last.1 < $0.1 }
  }

  /// How many epochs have passed since the best one.
  var epochsSinceBest: Int { bestEpoch.map { epochs - $0 } ?? 0 }
}

/// How far an epoch has come.
package struct OpenEpoch: Codable, Hashable, Sendable {
  /// How many batches are done, all of which are in optimizer steps.
  package var batches: Int
  /// The sum of their losses.
  package var losses: Double

  package init(batches: Int, losses: Double) {
    self.batches = batches
    self.losses = losses
  }
}

extension TrainingProgress {
  /// The last epoch in words, for the log.
  var lastEpoch: String {
    func text(_ loss: Double) -> String { "\((loss * 10_000).rounded() / 10_000)" }
    let training = trainingLosses.last.map { "training loss \(text($0))" }
    let validation = validationLosses.last.map { "validation loss \(text($0))" }
    return "epoch \(epochs): "
      + [training, validation].compactMap { $0 }.joined(separator: ", ")
  }
}
