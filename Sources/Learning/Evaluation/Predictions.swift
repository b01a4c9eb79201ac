package import Dataset
package import Network
package import YAML
import Diagnostics
package import Tensor

/// What a network gives for every row of a split, beside the truth.
///
/// Four bytes are held for each logit and each true value, and eight for each true class.
package struct Predictions: Sendable {
  /// Row-major `[rows, width]`: a logit for each class or label, or the values.
  package var logits: [Float]
  package var width: Int
  package var task: Target.Task
  /// The true class of each row of a classification.
  package var classes: [Int]
  /// Row-major `[rows, width]`: the true values, or 1 for each label that a row has.
  package var values: [Float]
  /// What the outputs are called; needed where there are several values or labels.
  package var names: [String]

  /// - Parameter task: By default that of one class or one value for each row.
  package init(
    logits: [Float], width: Int, classes: [Int] = [], values: [Float] = [],
    task: Target.Task? = nil, names: [String] = []
  ) {
    self.logits = logits
    self.width = width
    self.classes = classes
    self.values = values
    self.task = task ?? (classes.isEmpty ? .regression : .classification)
    self.names = names
  }

  /// Runs a network over a split in full precision, without augmentation, its batch norms folded.
  ///
  /// - Parameters:
  ///   - network: With its tensors on the execution's device.
  ///   - watch: Called with the output for each batch, outside any record of gradients.
  /// - Throws: A diagnostic where the network gives something that is no number, or the data has
  ///   classes that the network does not know.
  package init(
    of network: WeightedNetwork, on dataset: Dataset, _ split: SplitName, execution: Execution,
    watch: (Tensor, Batch) throws -> Void = { _, _ in }
  ) throws {
    // Steps and casts hold several times what a batch of floats takes.
    let rowBytes = dataset.description.floatBytes
    let loader = try BatchLoader(
      dataset, split,
      batch: max(1, min(execution.evaluationBatch, Self.mostBytes / max(1, rowBytes))),
      isTraining: false, execution: execution)
    let network = try withoutGradients { try network.foldingBatchNorm() }
    let target = dataset.description.target
    self.init(
      logits: [], width: 1, task: target?.task ?? .regression, names: target?.outputNames ?? [])
    try loader.forEach { _, batch in
      if execution.observer.isCancelled { throw CancellationError() }
      let output = try execution.evaluating {
        try withoutGradients {
          let output = try network.forward(batch.inputs).to(.float32)
          try watch(output, batch)
          return output
        }
      }
      width = output.shape.dropFirst().reduce(1, *)
      if logits.isEmpty { reserve(loader.rows) }
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
      try addTruth(batch)
    }
    guard fitsTruth else {
      throw Diagnostic(
        "the \(split.rawValue) split has classes or values that the network does not know",
        remedy: "give the dataset that the model was trained on")
    }
  }

  /// The most bytes of a batch of floats.
  private static let mostBytes = 16 << 20

  /// Makes room for so many rows, so that lists that grow are not held twice.
  private mutating func reserve(_ rows: Int) {
    logits.reserveCapacity(rows * width)
    if task == .classification {
      classes.reserveCapacity(rows)
    } else {
      values.reserveCapacity(rows * width)
    }
  }

  /// Adds the targets of further rows.
  mutating func addTruth(_ batch: Batch) throws {
    guard let target = batch.target else { return }
    if task == .classification {
      classes += try target.array(Int.self)
    } else {
      values += try target.array(Float.self)
    }
  }

  /// Whether the truth is about what the network gives.
  private var fitsTruth: Bool {
    task == .classification
      ? classes.allSatisfy((0..<max(width, 1)).contains)
      : values.isEmpty || values.count == logits.count
  }

  package var rows: Int { logits.count / max(width, 1) }

  /// The class with the largest logit of each row, the first among equals.
  package var largest: [Int] {
    (0..<rows).map { row in
      let logits = logits[row * width..<(row + 1) * width]
      return (logits.indices.max { logits[$0] < logits[$1] } ?? 0) - row * width
    }
  }

  /// For each row whether all that is taken of it is as in another list of rows.
  private func rowsAlike(_ count: Int, _ isAlike: (Int) -> Bool) -> Int {
    (0..<count).count { row in (row * width..<(row + 1) * width).allSatisfy(isAlike) }
  }

  /// The share of rows for which another network takes the same class, or the same labels.
  package func agreement(with other: Predictions) -> Double {
    let alike =
      task == .multiLabel
      ? rowsAlike(min(rows, other.rows)) { (logits[$0] > 0) == (other.logits[$0] > 0) }
      : zip(largest, other.largest).count { $0 == $1 }
    return Double(alike) / Double(max(rows, 1))
  }

  /// The share of rows whose class is taken, or whose labels are all right; a row with a logit that is not
  /// finite counts as wrong.
  package var accuracy: Double {
    let right =
      task == .multiLabel
      ? rowsAlike(rows) { logits[$0].isFinite && (logits[$0] > 0) == (values[$0] > 0.5) }
      : zip(largest, classes).enumerated().count { row, pair in
        pair.0 == pair.1 && logits[row * width..<(row + 1) * width].allSatisfy(\.isFinite)
      }
    return Double(right) / Double(max(rows, 1))
  }

  /// The root of the mean squared distance from other values of the same rows, in the mean over the
  /// outputs.
  package func distance(from other: [Float]) -> Double {
    SeveralValues(predictions: logits, targets: other, names: outputs).rootMeanSquaredError
  }

  private var outputs: [String] {
    names.count == width ? names : (0..<width).map { "\($0)" }
  }

  /// The metrics that suit the task.
  package var metrics: Value {
    switch task {
    case .classification:
      ClassificationMetrics(logits: logits, labels: classes, classes: width).value
    case .regression:
      SeveralValues(predictions: logits, targets: values, names: outputs).value
    case .multiLabel: LabelMetrics(logits: logits, truth: values, names: outputs).value
    }
  }
}
