package import Dataset
package import Network
package import YAML
import Diagnostics
package import Tensor

/// What a network gives for every row of a split, beside the truth.
package struct Predictions: Sendable {
  /// Row-major `[rows, width]`: a logit for each class, or one value.
  package var logits: [Float]
  package var width: Int
  /// The true class of each row; empty for a regression.
  package var classes: [Int]
  /// The true value of each row; empty for a classification.
  package var values: [Float]

  package init(logits: [Float], width: Int, classes: [Int] = [], values: [Float] = []) {
    self.logits = logits
    self.width = width
    self.classes = classes
    self.values = values
  }

  /// Runs a network over a split in full precision, without augmentation, its batch norms folded.
  ///
  /// - Parameters:
  ///   - network: With its tensors on the execution's device.
  ///   - batch: The most rows at a time.
  ///   - watch: Called with the output for each batch, outside any record of gradients.
  /// - Throws: A diagnostic where the network gives something that is no number, or the data has
  ///   classes that the network does not know.
  package init(
    of network: WeightedNetwork, on dataset: Dataset, _ split: SplitName, execution: Execution,
    batch: Int = 256, watch: (Tensor, Batch) throws -> Void = { _, _ in }
  ) throws {
    let loader = try BatchLoader(
      dataset, split, batch: batch, isTraining: false, execution: execution)
    let network = try withoutGradients { try network.foldingBatchNorm() }
    self.init(logits: [], width: 1)
    let isClassification = dataset.description.target?.task == .classification
    try loader.forEach { _, batch in
      if execution.observer.isCancelled { throw CancellationError() }
      let output = try execution.evaluating {
        try withoutGradients {
          let output = try network.forward(batch.inputs)
          try watch(output, batch)
          return output
        }
      }
      width = output.shape.dropFirst().reduce(1, *)
      let values = try output.array(Float.self)
      if let place = values.firstIndex(where: { !$0.isFinite }) {
        let row = dataset.description.name(of: batch.rows[place / max(width, 1)])
        throw Diagnostic(
          "the network answers \(row) of the \(split.rawValue) split with \(values[place])",
          remedy: "train it with a lower learning rate, or bound the gradients with "
            + "'gradient-clip: {norm: 1}'",
          "look for extreme values in the data, and limit them in a clean stage")
      }
      logits += values
      try addTruth(batch, isClassification: isClassification)
      guard classes.allSatisfy((0..<max(width, 1)).contains) else {
        throw Diagnostic(
          "the \(split.rawValue) split has classes that the network does not know",
          remedy: "give the dataset that the model was trained on")
      }
    }
  }

  /// Adds the targets of further rows.
  mutating func addTruth(_ batch: Batch, isClassification: Bool) throws {
    guard let target = batch.target else { return }
    if isClassification {
      classes += try target.array(Int.self)
    } else {
      values += try target.array(Float.self)
    }
  }

  package var rows: Int { logits.count / max(width, 1) }

  /// The class with the largest logit of each row, the first among equals.
  package var largest: [Int] {
    (0..<rows).map { row in
      let logits = logits[row * width..<(row + 1) * width]
      return (logits.indices.max { logits[$0] < logits[$1] } ?? 0) - row * width
    }
  }

  /// The share of rows for which another network takes the same class.
  package func agreement(with other: Predictions) -> Double {
    Double(zip(largest, other.largest).count { $0 == $1 }) / Double(max(rows, 1))
  }

  /// The share of rows whose class is taken.
  package var accuracy: Double {
    Double(zip(largest, classes).count { $0 == $1 }) / Double(max(rows, 1))
  }

  /// The metrics that suit the task.
  package var metrics: Value {
    classes.isEmpty
      ? RegressionMetrics(predictions: logits, targets: values).value
      : ClassificationMetrics(logits: logits, labels: classes, classes: width).value
  }
}
