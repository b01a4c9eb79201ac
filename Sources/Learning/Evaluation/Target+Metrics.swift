package import Dataset
package import YAML

extension Target {
  /// The names of a confusion matrix's rows and columns, as a metric beside the matrices; nothing
  /// where there are none.
  package var classMetrics: Value {
    guard task == .classification, classes.count <= ClassificationMetrics.largestMatrix else {
      return [:]
    }
    return ["classes": .array(classes.map(Value.string))]
  }

  /// The names of what a network gives for each row, in their order.
  package var outputNames: [String] { task == .regression ? valueNames : classes }

  /// The metrics that suit the task, and the figure that a floor is about.
  ///
  /// - Parameters:
  ///   - outputs: Row-major `[N, outputs]`.
  ///   - truth: A class code for each row; or as many values as outputs, 1 for labels that a row has.
  package func metrics(of outputs: [Float], truth: [Float]) -> (quality: Double, value: Value) {
    switch task {
    case .classification:
      let metrics = ClassificationMetrics(
        logits: outputs, labels: truth.map { Int($0) },
        classes: outputs.count / max(truth.count, 1))
      return (metrics.accuracy, metrics.value)
    case .regression:
      let metrics = SeveralValues(predictions: outputs, targets: truth, names: valueNames)
      let quality = metrics.unanswered == 0 ? metrics.determination ?? 0 : -Double.infinity
      return (quality, metrics.value)
    case .multiLabel:
      let metrics = LabelMetrics(logits: outputs, truth: truth, names: classes)
      return (metrics.subsetAccuracy, metrics.value)
    }
  }

  /// That figure alone, the same to the bit, without the rankings that other metrics are made of.
  ///
  /// - Parameters:
  ///   - outputs: Row-major `[N, outputs]`.
  ///   - truth: As for `metrics(of:truth:)`.
  func quality(of outputs: [Float], truth: [Float]) -> Double {
    switch task {
    case .classification:
      Predictions(
        logits: outputs, width: outputs.count / max(truth.count, 1), classes: truth.map { Int($0) },
        task: task
      ).accuracy
    case .regression: metrics(of: outputs, truth: truth).quality
    case .multiLabel:
      Predictions(logits: outputs, width: classes.count, values: truth, task: task).accuracy
    }
  }

  /// What the figure that a floor is about is called.
  package var figure: String {
    switch task {
    case .classification: "accuracy"
    case .regression: "R²"
    case .multiLabel: "subset accuracy"
    }
  }
}
