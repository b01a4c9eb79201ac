package import YAML

/// How well logits tell classes apart.
///
/// Defined as scikit-learn defines them: balanced accuracy over the classes that occur, macro F1 over
/// the classes that occur or are predicted, AUROC one against the rest, averaged over classes.
///
/// A row with a logit that is not finite has no answer: it counts as wrong, and there is no mean loss.
/// AUROC and the calibration error are those of the other rows.
package struct ClassificationMetrics: Sendable {
  /// The mean cross-entropy in nats; absent where a row has no answer.
  package private(set) var loss: Double? = 0
  package private(set) var accuracy = 0.0
  /// The share of samples whose class is among the five largest logits; for more than 5 classes.
  package private(set) var topFive: Double?
  package private(set) var balancedAccuracy = 0.0
  package private(set) var macroF1 = 0.0
  /// Absent where no class has both members and others.
  package private(set) var areaUnderCurve: Double?
  /// The expected calibration error over 15 equal bins of confidence (Guo et al. 2017, eq. 3).
  package private(set) var calibrationError = 0.0
  /// The bins that this error is over, the least sure first; those without rows are left out.
  package private(set) var calibration: [CalibrationBin] = []
  /// How many samples of each class (row) were taken for each class (column).
  package private(set) var confusion: [[Int]]
  /// How many rows have no answer.
  package private(set) var unanswered = 0

  /// The rows whose answers are about equally sure.
  package struct CalibrationBin: Sendable {
    /// The bounds of confidence; the upper one is among it.
    package let low: Double
    package let high: Double
    package let rows: Int
    /// The mean probability of the class that is taken.
    package let confidence: Double
    /// The share of the rows whose class is taken.
    package let accuracy: Double
  }

  /// - Parameters:
  ///   - logits: Row-major `[N, classes]`.
  ///   - labels: The true class of each row, in `0..<classes`.
  package init(logits: [Float], labels: [Int], classes: Int) {
    precondition(logits.count == labels.count * classes)
    confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    guard !labels.isEmpty else { return }
    var answered = Answers(logits, labels: labels, classes: classes)
    var members = Array(repeating: 0, count: classes)
    var losses = 0.0
    var hits = 0
    var fifths = 0
    for (row, label) in labels.enumerated() {
      members[label] += 1
      let row = logits[row * classes..<(row + 1) * classes]
      guard row.allSatisfy(\.isFinite) else {
        unanswered += 1
        answered.skip()
        continue
      }
      let softmax = Softmax(row)
      answered.add(logarithmOfSum: softmax.logarithmOfSum, taken: softmax.largest)
      losses += softmax.loss(of: label)
      confusion[label][softmax.largest] += 1
      if softmax.largest == label { hits += 1 }
      if softmax.rank(of: label) < 5 { fifths += 1 }
    }
    let count = Double(labels.count)
    loss = unanswered == 0 ? losses / count : nil
    accuracy = Double(hits) / count
    topFive = classes > 5 ? Double(fifths) / count : nil
    summarizeConfusion(members)
    calibrationError = answered.calibrationError
    calibration = answered.calibration
    areaUnderCurve = answered.areaUnderCurve
  }

  /// The most classes for which the confusion matrix is among the metrics.
  package static let largestMatrix = 100

  /// The metrics by their names in `metrics.json`.
  package var value: Value {
    var members: [String: Value] = [
      "accuracy": .double(accuracy),
      "balanced-accuracy": .double(balancedAccuracy), "macro-f1": .double(macroF1),
      "calibration-error": .double(calibrationError),
    ]
    members["loss"] = loss.map(Value.double)
    members["top-5"] = topFive.map(Value.double)
    if unanswered > 0 { members["not-finite"] = .int(unanswered) }
    members["auroc"] = areaUnderCurve.map(Value.double)
    if confusion.count <= Self.largestMatrix {
      members["confusion"] = .array(confusion.map { .array($0.map(Value.int)) })
    }
    return .object(members)
  }

  /// - Parameter actual: The samples of each class.
  private mutating func summarizeConfusion(_ actual: [Int]) {
    let classes = confusion.indices
    let taken = classes.map { column in classes.reduce(0) { $0 + confusion[$1][column] } }
    let recalls = classes.filter { actual[$0] > 0 }
      .map { Double(confusion[$0][$0]) / Double(actual[$0]) }
    balancedAccuracy = recalls.reduce(0, +) / Double(max(recalls.count, 1))
    let scores = classes.filter { actual[$0] + taken[$0] > 0 }
      .map { 2 * Double(confusion[$0][$0]) / Double(actual[$0] + taken[$0]) }
    macroF1 = scores.reduce(0, +) / Double(max(scores.count, 1))
  }
}
