import Dataset

/// What was measured on a split after an epoch of a training.
package struct EpochMeasurement: Codable, Hashable, Sendable {
  /// The epoch, from 1.
  package var epoch: Int

  /// How many optimizer steps were taken by then.
  package var step: Int

  /// The split's name, such as `validation`.
  package var split: String

  /// The figures by their names among the metrics, such as `loss` and `accuracy`.
  package var values: [String: Double]

  package init(epoch: Int, step: Int, split: String, values: [String: Double]) {
    self.epoch = epoch
    self.step = step
    self.split = split
    self.values = values
  }
}

extension Predictions {
  /// The figures that are cheap enough for every epoch, by their names among the metrics.
  var epochFigures: [String: Double] {
    switch task {
    case .classification: ["accuracy": accuracy]
    case .multiLabel: ["subset-accuracy": accuracy]
    case .regression: ["rmse": distance(from: values)]
    }
  }
}
