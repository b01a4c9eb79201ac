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
    metrics(of: try predictions(of: network, on: dataset, execution: execution, splits: splits))
  }

  /// The predictions on each of the dataset's splits that has rows.
  ///
  /// - Parameter network: With its tensors on the execution's device.
  package static func predictions(
    of network: WeightedNetwork, on dataset: Dataset, execution: Execution,
    splits: [SplitName] = SplitName.allCases
  ) throws -> [SplitName: Predictions] {
    var predictions: [SplitName: Predictions] = [:]
    for split in splits {
      guard let reader = dataset[split], reader.rows > 0 else { continue }
      predictions[split] = try Predictions(
        of: network, on: dataset, split, execution: execution)
    }
    return predictions
  }

  /// The metrics of predictions, by the name of their split.
  package static func metrics(of predictions: [SplitName: Predictions]) -> Value {
    .object(
      Dictionary(predictions.map { ($0.key.rawValue, $0.value.metrics) }) { first, _ in first })
  }
}
