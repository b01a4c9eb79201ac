internal import Diagnostics
internal import Network
internal import Tensor

/// The rows of a dataset as other programs get them, in blocks.
struct ExportRows {
  let dataset: Dataset

  /// The features as the rows have them.
  let features: [Feature]
  var target: Target? { dataset.description.target }

  /// Whether values have been through the deferred steps.
  let isPrepared: Bool

  /// Whether what is stored has been brought to another scale.
  var isScaled: Bool {
    dataset.description.applied.contains { $0 is ScaleRows || $0 is any AffineStep }
  }

  private let steps: [any DeferredStep]
  private let layout: ShardLayout

  init(_ dataset: Dataset, isPrepared: Bool) throws(Diagnostic) {
    self.dataset = dataset
    self.isPrepared = isPrepared
    let steps = isPrepared ? dataset.description.steps.filter { !$0.isTrainingOnly } : []
    features = steps.reduce(dataset.description.features) { $1.transforming($0) }
    self.steps = steps
    layout = ShardLayout(
      features: features, target: dataset.description.target,
      isWeighted: dataset.description.isWeighted)
  }

  /// Where the values of a feature, of the target and of the weights stand in a block's values.
  func place(of feature: Int) -> Int { feature + 1 }
  var targetPlace: Int? { layout.target }
  var weightPlace: Int? { layout.weight }

  /// Calls `body` with the rows of a split in order: how many, their ids, and the values of each column.
  func forEachBlock(
    of split: SplitName, _ body: (Int, [Int64], [ColumnValues]) throws -> Void
  ) throws {
    guard let reader = dataset[split] else { return }
    let size = max(1, min(1 << 16, (16 << 20) / max(1, layout.rowBytes)))
    if steps.isEmpty {
      return try reader.forEachBlock(of: size) { block in
        try body(block.count, block.rows, layout.values(block))
      }
    }
    for start in stride(from: 0, to: reader.rows, by: size) {
      let rows = start..<min(start + size, reader.rows)
      var batch = try reader.gather(.range(rows))
      try DeferredSteps.apply(steps, to: &batch, in: StepContext(seed: 0, isTraining: false))
      let stored = reader.block(.range(rows))
      var block = Block(
        rows: stored.rows, features: [:], target: stored.target, weights: stored.weights)
      for feature in features {
        guard let tensor = batch.inputs[feature.name] else { continue }
        block.features[feature.name] = try ColumnValues(tensor)
      }
      try body(block.count, block.rows, layout.values(block))
      reader.release(rows)
    }
  }
}
