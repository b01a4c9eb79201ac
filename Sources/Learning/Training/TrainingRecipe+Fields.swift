package import Options

extension TrainingRecipe {
  @FieldsBuilder<Self> package static var fields: [Field<Self>] {
    option(
      "epochs", \.epochs, in: 1...1_000_000,
      "Passes over the training split; 'auto' is a budget of steps, and at least 20 epochs.")
    option(
      batchKey, \.batch, in: 1...1_048_576,
      "The most rows in a batch; all have the same number, give or take one. 'auto' fits the number of rows."
    )
    option(
      "accumulate", \.accumulate, in: 1...65536,
      "Batches whose gradients are averaged for one step.")
    option(
      activationCheckpointingKey, \.activationCheckpointing,
      "Computes values between layers again for gradients, which takes about a third more time and much less "
        + "memory; 'auto' does so where the stage's memory asks for it. No result depends on it."
    ).omittedByDefault()
    option(
      "optimizer", \.optimizer,
      "The rule that turns gradients into steps; 'auto' is adamw with a rate that suits the network, and for "
        + "tables a decay that fits the number of rows.")
    option("schedule", \.schedule, "How the learning rate runs.")
    option("gradient-clip", \.gradientClip, "A bound on gradients before a step.")
    option(
      "ema", \.average, in: 0...0.999999,
      "Keeps an average of the parameters that moves by 1 - ema a step, and ends with it; 0 for none, 'auto' "
        + "for one where that suits the network.")
    option(
      "early-stop", \.earlyStop, in: 1...1_000_000,
      "Stops after so many epochs without a lower validation loss, and keeps the best epoch.")
    option(
      "keep", \.keep,
      "The epoch to end with: the last, or that of the lowest validation loss, which is 'auto' where there is "
        + "a validation split.")
    option(
      checkpointKey, \.checkpoint, in: .seconds(0)...TimeSpan.longest,
      "The longest time between two states of the training that a killed run goes on from; beside "
        + "it one is kept at the end of each epoch, or of every so many where epochs take moments."
    ).omittedByDefault()
  }

  /// The recipe's fields as part of other settings, which keep it at `path`.
  ///
  /// - Parameter hasEpochs: Whether the number of epochs is among them, and what no result depends on.
  package static func fields<Root: Options>(
    at path: any WritableKeyPath<Root, TrainingRecipe> & Sendable, hasEpochs: Bool = true
  ) -> [Field<Root>] {
    fields.filter { hasEpochs || !(["epochs"] + incidentalKeys).contains($0.name) }
      .map { $0.lifted(to: path) }
  }
}
