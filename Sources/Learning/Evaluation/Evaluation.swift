package import Dataset
package import Network
package import YAML

/// Measures of a network on a dataset.
package enum Evaluation {
  /// The metrics on each of the dataset's splits, by its name.
  ///
  /// - Parameter network: With its tensors on the execution's device.
  package static func metrics(
    of network: WeightedNetwork, on dataset: Dataset, execution: Execution,
    splits: [SplitName] = SplitName.allCases
  ) throws -> Value {
    var members: [String: Value] = [:]
    for split in splits {
      guard let reader = dataset[split], reader.rows > 0 else { continue }
      members[split.rawValue] = try Predictions(
        of: network, on: dataset, split, execution: execution
      ).metrics
    }
    return .object(members)
  }
}
