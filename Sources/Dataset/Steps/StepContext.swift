package import Hardware
package import Tensor

/// What a deferred step may know beside the batch.
package struct StepContext: Sendable {
  /// The root of the random streams, that of the consuming stage.
  package var seed: UInt64

  /// The pass over the training split, from 0.
  package var epoch: Int

  /// The step's place in its list.
  package var step: Int

  package var isTraining: Bool

  /// Where the batch's tensors are.
  package var device: Device

  /// The rows that others are mixed with: those of the split that is trained on.
  package var reader: SplitReader?

  /// The steps that rows went through before this one, for those that others are mixed with.
  var earlier: [any DeferredStep] = []

  package init(
    seed: UInt64, epoch: Int = 0, step: Int = 0, isTraining: Bool, device: Device = .cpu
  ) {
    self.seed = seed
    self.epoch = epoch
    self.step = step
    self.isTraining = isTraining
    self.device = device
  }

  /// The same context for the step at `index`.
  package func numbered(_ index: Int) -> StepContext {
    var copy = self
    copy.step = index
    return copy
  }

  /// Randomness for one row, the same whatever batch, worker or order the row comes in.
  package func stream(row: Int64) -> RandomStream {
    RandomStream(
      seed: seed,
      path: [
        "step", .number(UInt64(epoch)), .number(UInt64(bitPattern: row)), .number(UInt64(step)),
      ])
  }
}
