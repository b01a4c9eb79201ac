/// Where a training is, right after an optimizer step.
package struct TrainingPlace: Hashable, Sendable {
  /// The epoch, from 0.
  package var epoch: Int
  /// The step within the epoch, from 0.
  package var step: Int
  /// How many steps there are, in all and in an epoch.
  package var run: RunLength

  package init(epoch: Int, step: Int, run: RunLength) {
    self.epoch = epoch
    self.step = step
    self.run = run
  }

  /// The share of the training that is done.
  package var fraction: Double {
    Double(epoch * run.stepsPerEpoch + step + 1) / Double(max(run.steps, 1))
  }
}
