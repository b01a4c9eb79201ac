internal import Dataset
internal import Diagnostics

/// A dataset as the steps fitted so far leave it.
struct CleaningData {
  let dataset: Dataset

  /// The root of random choices.
  let seed: UInt64

  private(set) var steps: [FittedStep] = []
  private(set) var features: [Feature]

  var target: Target? { dataset.description.target }
  var splits: [SplitName] { dataset.splits }

  init(_ dataset: Dataset, seed: UInt64) {
    self.dataset = dataset
    self.seed = seed
    features = dataset.description.features
  }

  mutating func append(_ step: FittedStep) {
    steps.append(step)
    features = step.features ?? features
  }

  /// Calls `body` with the rows of a split in order.
  func forEachBlock(in split: SplitName, _ body: (Block) throws -> Void) throws {
    let width = features.reduce(1) { $0 + $1.width }
    try dataset[split]?.forEachBlock(of: max(1, min(4096, (4 << 20) / width))) { block in
      var cleaned = block
      for step in steps { cleaned = try step.apply(cleaned) }
      if cleaned.count > 0 { try body(cleaned) }
    }
  }

  /// Calls `body` with all present values of each number column in the training split.
  ///
  /// Columns are read in groups, so that no more than 256 MiB of them are in memory at once.
  func forEachTrainingColumn(
    _ columns: [NumberColumn], _ body: (NumberColumn, [Float]) throws -> Void
  ) throws {
    let rows = max(1, dataset[.train]?.rows ?? 0)
    let group = max(1, (1 << 26) / rows)
    for start in stride(from: 0, to: columns.count, by: group) {
      let columns = columns[start..<min(start + group, columns.count)]
      var values = [[Float]](repeating: [], count: columns.count)
      try forEachBlock(in: .train) { block in
        for (index, column) in columns.enumerated() {
          values[index] += column.values(in: block).filter { !$0.isNaN }
        }
      }
      for (column, values) in zip(columns, values) { try body(column, values) }
    }
  }
}
