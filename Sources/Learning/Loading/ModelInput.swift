package import Dataset
internal import Hardware
package import Tensor

/// The way of rows to what a network reads: they are gathered, go through the steps that are still
/// to be applied, and are cast.
///
/// Deployed networks take features in the types in which rows are stored, so the cast stands apart.
package struct ModelInput: Sendable {
  /// What rows go through before a network reads them, in order.
  package var steps: [any DeferredStep]
  package var context: StepContext

  package init(
    _ steps: some Sequence<any DeferredStep>,
    in context: StepContext = StepContext(seed: 0, isTraining: false)
  ) {
    self.steps = Array(steps)
    self.context = context
  }

  /// Rows of a split, on the context's device, after the steps.
  ///
  /// - Throws: A diagnostic with row and column where a value is missing or infinite after them.
  package func gather(_ rows: [Int], of reader: SplitReader) throws -> Batch {
    try gather(RowSelection(rows), of: reader)
  }

  /// The same for rows that may follow each other.
  package func gather(_ rows: RowSelection, of reader: SplitReader) throws -> Batch {
    var batch = try reader.gather(rows, isPinned: context.device != .cpu)
    var context = context
    context.reader = reader
    let random = context.isTraining ? steps.lastIndex(where: \.isTrainingOnly) : nil
    if context.device != .cpu, let random {
      // Random changes run in host memory, and what follows them where the batch is consumed.
      try DeferredSteps.apply(steps, 0..<random + 1, to: &batch, in: context)
      batch = try batch.moved(to: context.device)
      try DeferredSteps.apply(steps, random + 1..<steps.count, to: &batch, in: context)
    } else {
      batch = try batch.moved(to: context.device)
      try DeferredSteps.apply(steps, to: &batch, in: context)
    }
    let known = reader.description.features.filter { isFinite($0, of: reader) }
    try FiniteInputs.require(batch, of: reader.description, except: Set(known.map(\.name)))
    return batch
  }

  /// Whether a feature's values need no look: bytes and codes where no step makes anything infinite of them,
  /// and numbers that were finite when they were stored and are still the same.
  private func isFinite(_ feature: Feature, of reader: SplitReader) -> Bool {
    feature.type == .float32
      ? reader.isFinite && steps.isEmpty : steps.allSatisfy(\.keepsFinite)
  }

  /// A batch on the context's device after the steps.
  package func prepare(_ batch: Batch) throws -> Batch {
    var batch = batch
    try DeferredSteps.apply(steps, to: &batch, in: context)
    return batch
  }

  /// Inputs as layers compute with them: codes of categories as they are, everything else as floats.
  package static func cast(
    _ inputs: [String: Tensor], isChannelsLast: Bool = false
  ) throws -> [String: Tensor] {
    try inputs.mapValues { tensor in
      let isCode = tensor.type == .int32 || tensor.type == .int64
      let value = try isCode ? tensor : tensor.to(.float32)
      return isChannelsLast && value.rank == 4 ? try value.channelsLast() : value
    }
  }
}

extension Execution {
  /// The way of rows that are measured: on the execution's device, nothing shuffled or augmented.
  ///
  /// - Parameter steps: What is still to be applied, in order.
  package func input(_ steps: some Sequence<any DeferredStep>) -> ModelInput {
    ModelInput(steps, in: StepContext(seed: seed, isTraining: false, device: device))
  }
}
