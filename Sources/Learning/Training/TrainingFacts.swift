package import Dataset
package import Network

/// What decides how a training is fitted: how many rows there are, and what learns from them.
package struct TrainingFacts: Hashable, Sendable {
  /// The training rows.
  package var rows: Int
  /// Whether there are rows that epochs can be compared by.
  package var hasValidation: Bool
  /// Whether the network multiplies by whole matrices alone, as those for tables do: no convolutions, no
  /// attention.
  package var isDense: Bool
  /// Whether the answers are a linear function of what is read, which holds a model back enough.
  package var isLinear: Bool
  /// Whether a trained network is trained further.
  package var goesOn: Bool

  package init(
    rows: Int, hasValidation: Bool, isDense: Bool, isLinear: Bool = false, goesOn: Bool = false
  ) {
    self.rows = rows
    self.hasValidation = hasValidation
    self.isDense = isDense
    self.isLinear = isLinear
    self.goesOn = goesOn
  }

  package init(_ network: Network, on dataset: DatasetDescription, goesOn: Bool = false) {
    func rows(_ split: SplitName) -> Int { dataset.splits.first { $0.name == split }?.rows ?? 0 }
    self.init(
      rows: rows(.train), hasValidation: rows(.validation) > 0, isDense: network.isDense,
      isLinear: network.nodes.count { $0.layer.traits.product != nil } < 2, goesOn: goesOn)
  }
}

extension Network {
  fileprivate var isDense: Bool {
    !nodes.contains { node in
      node.layer is Attention || (node.layer.traits.product?.convolves ?? false)
    }
  }
}
