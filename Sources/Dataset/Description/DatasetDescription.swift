package import YAML

/// What `dataset.json` says: everything about a dataset but its rows.
package struct DatasetDescription: Sendable {
  package var features: [Feature]
  package var target: Target?
  package var splits: [Split]

  /// Whether rows carry a weight for the loss.
  package var isWeighted: Bool

  /// Steps that the stored rows have been through already. New rows go through them, in order, before
  /// `steps`; loaders of stored rows skip them.
  package var applied: [any DeferredStep]

  /// Steps that every batch goes through, in order, where it is consumed.
  package var steps: [any DeferredStep]

  /// What stages found out about the data, for people and reports.
  package var statistics: Value

  /// Where the rows came from.
  package var provenance: Value

  /// The bytes that a row's features take as floats, which is what most steps make of them.
  package var floatBytes: Int { features.reduce(0) { $0 + 4 * $1.width } }

  package init(
    features: [Feature], target: Target?, splits: [Split] = [], isWeighted: Bool = false,
    applied: [any DeferredStep] = [], steps: [any DeferredStep] = [],
    statistics: Value = .object([:]), provenance: Value = .object([:])
  ) {
    self.features = features
    self.target = target
    self.splits = splits
    self.isWeighted = isWeighted
    self.applied = applied
    self.steps = steps
    self.statistics = statistics
    self.provenance = provenance
  }

  package static let fileName = "dataset.json"

  /// The feature of that name.
  package func feature(_ name: String) -> Feature? { features.first { $0.name == name } }

  /// The split of that name.
  package func split(_ name: SplitName) -> Split? { splits.first { $0.name == name } }
}
