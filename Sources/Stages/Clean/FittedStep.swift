internal import Dataset
internal import YAML

/// A cleaning step with all that it had to learn from the rows.
struct FittedStep: Sendable {
  /// The splits in which anything changes.
  var changed: Set<SplitName> = []

  /// Gives a block of a split as the step leaves it.
  var apply: @Sendable (Block) throws -> Block = { $0 }

  /// What the step did, for people.
  var metrics: Value

  /// The features as the step leaves them; nil where they stay.
  var features: [Feature]?

  /// Whether rows have weights from here on.
  var addsWeights = false

  /// The same step for new rows.
  var applied: [any DeferredStep] = []

  init(metrics: Value) {
    self.metrics = metrics
  }

  /// A step that drops rows by their ids.
  static func dropping(_ rows: [SplitName: Set<Int64>], metrics: Value) -> FittedStep {
    var step = FittedStep(metrics: metrics)
    step.changed = Set(rows.filter { !$0.value.isEmpty }.keys)
    let dropped = rows.values.reduce(into: Set<Int64>()) { $0.formUnion($1) }
    if dropped.isEmpty { return step }
    step.apply = { block in
      let kept = block.rows.indices.filter { !dropped.contains(block.rows[$0]) }
      return kept.count == block.count ? block : block.selecting(kept)
    }
    return step
  }
}

extension Value {
  /// A count for each split, by name.
  init(perSplit counts: [SplitName: Int]) {
    self = .object(
      Dictionary(counts.map { ($0.key.rawValue, Value.int($0.value)) }) { first, _ in first })
  }
}
