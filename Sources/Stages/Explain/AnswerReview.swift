internal import Dataset
internal import Glibc
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

  /// The bins of confidence, as those of the calibration error.
  private static let bins = 15

  init(_ predictions: Predictions, _ target: Target) {
    self.predictions = predictions
    self.target = target
  }

  /// The answers of a row as probabilities, or as values.
  private func answers(_ row: Int) -> [Double] {
    let width = predictions.width
    let outputs = predictions.logits[row * width..<(row + 1) * width].map(Double.init)
    switch predictions.task {
    case .regression: return outputs
    case .multiLabel: return outputs.map { 1 / (1 + exp(-$0)) }
    case .classification:
      let peak = outputs.max() ?? 0
      let parts = outputs.map { exp($0 - peak) }
      let sum = parts.reduce(0, +)
      return parts.map { $0 / sum }
    }
  }

  /// All rows, the worst answer first; of equal ones the first row.
  var worst: [Row] {
    (0..<predictions.rows).map { row in
      let answers = answers(row)
      let width = predictions.width
      let loss: Double
      switch predictions.task {
      case .classification:
        loss = -log(max(answers[predictions.classes[row]], 1e-300))
      case .multiLabel:
        loss =
          zip(answers, predictions.values[row * width..<(row + 1) * width]).reduce(0) { sum, pair in
            sum - log(max(pair.1 > 0.5 ? pair.0 : 1 - pair.0, 1e-300))
          } / Double(width)
      case .regression:
        loss = zip(answers, predictions.values[row * width..<(row + 1) * width]).reduce(0) {
          $0 + ($1.0 - Double($1.1)) * ($1.0 - Double($1.1))
        }
      }
      return Row(place: row, loss: loss)
    }.sorted { ($1.loss, $0.place) < ($0.loss, $1.place) }
  }

  /// What is true of a row and what was answered, in words.
  func words(of row: Int) -> (truth: String, answer: String) {
    let answers = answers(row)
    let width = predictions.width
    switch predictions.task {
    case .classification:
      let taken = predictions.largest[row]
      let percent = (answers[taken] * 1000).rounded() / 10
      return (target.classes[predictions.classes[row]], "\(target.classes[taken]) (\(percent)%)")
    case .multiLabel:
      let truth = (0..<width).filter { predictions.values[row * width + $0] > 0.5 }
      let taken = (0..<width).filter { answers[$0] > 0.5 }
      return (list(truth), list(taken))
    case .regression:
      let truth = predictions.values[row * width..<(row + 1) * width].map { "\($0)" }
      return (truth.joined(separator: ", "), answers.map { "\(Float($0))" }.joined(separator: ", "))
    }
  }

  private func list(_ labels: [Int]) -> String {
    labels.isEmpty ? "none" : labels.map { target.classes[$0] }.joined(separator: ", ")
  }

  /// The matrix of a classification: a row for each true class, a column for each that was taken.
  var confusion: [[Int]]? {
    guard predictions.task == .classification else { return nil }
    return ClassificationMetrics(
      logits: predictions.logits, labels: predictions.classes, classes: predictions.width
    ).confusion
  }

  /// How sure the answers of a classification are, and how often they are right, in equal bins.
  var calibration: [(low: Double, high: Double, rows: Int, confidence: Double, accuracy: Double)] {
    guard predictions.task == .classification else { return [] }
    var bins = Array(repeating: (rows: 0, sure: 0.0, right: 0.0), count: Self.bins)
    let largest = predictions.largest
    for row in 0..<predictions.rows {
      let confidence = answers(row)[largest[row]]
      // A bin holds its upper end, as in the calibration error.
      let bin = min(max(Int((confidence * Double(Self.bins)).rounded(.up)) - 1, 0), Self.bins - 1)
      bins[bin].rows += 1
      bins[bin].sure += confidence
      bins[bin].right += largest[row] == predictions.classes[row] ? 1 : 0
    }
    return bins.enumerated().map { index, bin in
      let count = Double(max(bin.rows, 1))
      return (
        Double(index) / Double(Self.bins), Double(index + 1) / Double(Self.bins), bin.rows,
        bin.sure / count, bin.right / count
      )
    }
  }

  var value: Value {
    var members: [String: Value] = [:]
    if let confusion {
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
        calibration.filter { $0.rows > 0 }.map { bin in
          [
            "from": .double(bin.low), "to": .double(bin.high), "rows": .int(bin.rows),
            "confidence": .double(bin.confidence), "accuracy": .double(bin.accuracy),
          ]
        })
    }
    return .object(members)
  }
}
