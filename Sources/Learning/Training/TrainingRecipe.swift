package import Options

/// How a network is trained, whatever it learns from.
package struct TrainingRecipe: Options, Hashable {
  package static let title = "training"
  package static let summary = "How a network is trained."

  package var epochs = 20
  package var batch = 64
  package var accumulate = 1
  package var optimizer = OptimizerChoice.adamW(AdamW())
  package var schedule = LearningRateSchedule.oneCycle(OneCycle())
  package var gradientClip: GradientClip?
  package var average: Double?
  package var earlyStop: Int?
  package var keep = Keep.last

  /// Which epoch's parameters a training ends with.
  package enum Keep: String, CaseIterable, NamedOption {
    case last, best
  }

  package init() {}

  package static var fields: [Field<Self>] {
    option("epochs", \.epochs, in: 1...1_000_000, "Passes over the training split.")
    option(
      "batch", \.batch, in: 1...1_048_576, "The most rows in a batch; all differ by at most one.")
    option(
      "accumulate", \.accumulate, in: 1...65536, "Batches whose gradients are added for one step.")
    option("optimizer", \.optimizer, "The rule that turns gradients into steps.")
    option("schedule", \.schedule, "How the learning rate runs.")
    option("gradient-clip", \.gradientClip, "A bound on gradients before a step.")
    option(
      "ema", \.average, in: 0...0.999999,
      "Keeps an average of the parameters that moves by 1 - ema a step, and ends with it.")
    option(
      "early-stop", \.earlyStop, in: 1...1_000_000,
      "Stops after so many epochs without a lower validation loss, and keeps the best epoch.")
    option(
      "keep", \.keep, "The epoch to end with: the last, or that of the lowest validation loss.")
  }

  /// Whether the epoch with the lowest validation loss is kept.
  var keepsBest: Bool { keep == .best || earlyStop != nil }
}
