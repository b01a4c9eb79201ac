internal import Dataset
internal import Learning
internal import YAML

/// How the answers for a split come out beside the truth: class by class, by how sure they are, and row by row
/// where they are worst.
struct AnswerReview {
  /// A row with how bad the answer is: the cross-entropy, the mean of those of all labels, or the squared error.
  struct Row {
    let place: Int
    let loss: Double
  }

  private let predictions: Predictions
  private let target: Target
  /// Those of a classification.
  let metrics: ClassificationMetrics?

  init(_ predictions: Predictions, _ target: Target) {
    self.predictions = predictions
    self.target = target
    metrics =
      predictions.task == .classification
      ? ClassificationMetrics(
        logits: predictions.logits, labels: predictions.classes, classes: predictions.width)
      : nil
  }

  private func places(_ row: Int) -> Range<Int> {
    row * predictions.width..<(row + 1) * predictions.width
  }

  /// All rows, the worst answer first; of equal ones the first row.
  var worst: [Row] {
    (0..<predictions.rows).map { Row(place: $0, loss: loss(of: $0)) }
      .sorted { ($1.loss, $0.place) < ($0.loss, $1.place) }
  }

  private func loss(of row: Int) -> Double {
    let outputs = predictions.logits[places(row)]
    if predictions.task == .classification {
      return Softmax(outputs).loss(of: predictions.classes[row])
    }
    let pairs = zip(outputs, predictions.values[places(row)]).lazy.map {
      (output: Double($0), truth: Double($1))
    }
    return predictions.task == .regression
      ? pairs.reduce(0) { $0 + ($1.output - $1.truth) * ($1.output - $1.truth) }
      : pairs.reduce(0) { $0 + LabelMetrics.crossEntropy(of: $1.output, truth: $1.truth) }
        / Double(predictions.width)
  }

  /// What is true of a row and what was answered, in words.
  func words(of row: Int) -> (truth: String, answer: String) {
    let outputs = Array(predictions.logits[places(row)])
    switch predictions.task {
    case .classification:
      let softmax = Softmax(outputs)
      let percent = (softmax.probabilities[softmax.largest] * 1000).rounded() / 10
      let taken = "\(target.classes[softmax.largest]) (\(percent)%)"
      return (target.classes[predictions.classes[row]], taken)
    case .multiLabel:
      let truth = Array(predictions.values[places(row)])
      return (
        list(truth.indices.filter { truth[$0] > 0.5 }),
        list(outputs.indices.filter { outputs[$0] > 0 })
      )
    case .regression: return (list(predictions.values[places(row)]), list(outputs[...]))
    }
  }

  private func list(_ values: ArraySlice<Float>) -> String {
    values.map { "\($0)" }.joined(separator: ", ")
  }

  private func list(_ labels: [Int]) -> String {
    labels.isEmpty ? "none" : labels.map { target.classes[$0] }.joined(separator: ", ")
  }

  var value: Value {
    var members: [String: Value] = [:]
    if let metrics {
      let confusion = metrics.confusion
      members["confusion"] = .array(confusion.map { .array($0.map(Value.int)) })
      members["classes"] = .array(
        target.classes.enumerated().map { index, name in
          let rows = confusion[index].reduce(0, +)
          let taken = confusion.reduce(0) { $0 + $1[index] }
          let right = confusion[index][index]
          func share(_ part: Int, _ whole: Int) -> Value {
            whole > 0 ? .double(Double(part) / Double(whole)) : .null
          }
          return [
            "name": .string(name), "rows": .int(rows), "taken": .int(taken),
            "recall": share(right, rows), "precision": share(right, taken),
            "f1": share(2 * right, rows + taken),
          ]
        })
      members["calibration"] = .array(
        metrics.calibration.map { bin in
          [
            "from": .double(bin.low), "to": .double(bin.high), "rows": .int(bin.rows),
            "confidence": .double(bin.confidence), "accuracy": .double(bin.accuracy),
          ]
        })
    }
    return .object(members)
  }
}
