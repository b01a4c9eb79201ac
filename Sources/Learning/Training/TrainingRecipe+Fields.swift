package import Options

extension TrainingRecipe {
  /// The recipe's fields as part of other settings, which keep it at `path`.
  ///
  /// - Parameter hasEpochs: Whether the number of epochs is among them.
  package static func fields<Root: Options>(
    at path: WritableKeyPath<Root, TrainingRecipe>, hasEpochs: Bool = true
  ) -> [Field<Root>] {
    let epochs = option(
      "epochs", path.appending(path: \.epochs), in: 1...1_000_000,
      "Passes over the training split.")
    let others: [Field<Root>] = [
      option(
        "batch", path.appending(path: \.batch), in: 1...1_048_576,
        "The most rows in a batch; all have the same number, give or take one."),
      option(
        "accumulate", path.appending(path: \.accumulate), in: 1...65536,
        "Batches whose gradients are averaged for one step."),
      option(
        "optimizer", path.appending(path: \.optimizer),
        "The rule that turns gradients into steps."),
      option("schedule", path.appending(path: \.schedule), "How the learning rate runs."),
      option(
        "gradient-clip", path.appending(path: \.gradientClip),
        "A bound on gradients before a step."),
      option(
        "ema", path.appending(path: \.average), in: 0...0.999999,
        "Keeps an average of the parameters that moves by 1 - ema a step, and ends with it."),
      option(
        "early-stop", path.appending(path: \.earlyStop), in: 1...1_000_000,
        "Stops after so many epochs without a lower validation loss, and keeps the best epoch."),
      option(
        "keep", path.appending(path: \.keep),
        "The epoch to end with: the last, or that of the lowest validation loss."),
    ]
    return hasEpochs ? [epochs] + others : others
  }
}
