internal import Dataset
internal import Diagnostics
internal import YAML

/// A cleaning step with all that it had to learn from the rows.
struct FittedStep: Sendable {
  /// Changes the blocks of a split, which come in order.
  typealias Pass = (Block) throws -> Block

  /// The splits in which anything changes.
  var changed: Set<SplitName> = []

  /// Begins a pass over a split.
  var pass: @Sendable (SplitName) -> Pass = { _ in { block in block } }

  /// What the step did, for people.
  var metrics: Value

  /// The features as the step leaves them; nil where they stay.
  var features: [Feature]?

  /// How many rows splits have from here on, where that changes.
  var rows: [SplitName: Int] = [:]

  /// Whether rows have weights from here on.
  var addsWeights = false

  /// The same step for new rows.
  var applied: [any DeferredStep] = []

  /// Whether a pass takes so long that its rows are better kept than made again.
  var isCostly = false

  /// What whoever runs the stage should know.
  var warnings: [Diagnostic] = []

  init(metrics: Value) {
    self.metrics = metrics
  }

  /// A step that treats every row by itself.
  init(
    metrics: Value, changing splits: Set<SplitName>,
    _ apply: @escaping @Sendable (Block) throws -> Block
  ) {
    self.metrics = metrics
    changed = splits
    pass = { (split: SplitName) -> Pass in
      guard splits.contains(split) else { return { (block: Block) in block } }
      return apply
    }
  }

  /// A step that drops rows.
  static func dropping(_ rows: [SplitName: RowMask], metrics: Value) -> FittedStep {
    var step = FittedStep(metrics: metrics)
    let dropped = rows.filter { $0.value.marked > 0 }
    step.changed = Set(dropped.keys)
    step.rows = dropped.mapValues { $0.count - $0.marked }
    step.pass = { (split: SplitName) -> Pass in
      guard let mask = dropped[split] else { return { (block: Block) in block } }
      var start = 0
      return { (block: Block) in
        let kept = block.rows.indices.filter { !mask[start + $0] }
        start += block.count
        return kept.count == block.count ? block : block.selecting(kept)
      }
    }
    return step
  }

  /// Both steps as one, with the metrics of the second beside those of the first.
  func followed(by next: FittedStep) -> FittedStep {
    var both = self
    both.changed.formUnion(next.changed)
    let first = pass
    both.pass = { split in
      let (before, after) = (first(split), next.pass(split))
      return { try after(before($0)) }
    }
    both.metrics = metrics.merging(next.metrics)
    both.features = next.features ?? features
    both.rows = rows.merging(next.rows) { $1 }
    both.addsWeights = addsWeights || next.addsWeights
    both.applied += next.applied
    both.isCostly = isCostly || next.isCostly
    both.warnings += next.warnings
    return both
  }
}

extension Value {
  /// A count for each split, by name.
  init(perSplit counts: [SplitName: Int]) {
    self = .object(
      Dictionary(counts.map { ($0.key.rawValue, Value.int($0.value)) }) { first, _ in first })
  }

  /// How many rows are meant of each split.
  init(perSplit rows: [SplitName: RowMask]) { self.init(perSplit: rows.mapValues(\.marked)) }
}
