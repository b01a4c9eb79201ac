package import YAML
import Glibc

/// How well logits tell classes apart.
///
/// Defined as scikit-learn defines them: balanced accuracy over the classes that occur, macro F1 over
/// the classes that occur or are predicted, AUROC one against the rest, averaged over classes.
package struct ClassificationMetrics: Sendable {
  /// The mean cross-entropy in nats.
  package private(set) var loss = 0.0
  package private(set) var accuracy = 0.0
  /// The share of samples whose class is among the five largest logits; for more than 5 classes.
  package private(set) var topFive: Double?
  package private(set) var balancedAccuracy = 0.0
  package private(set) var macroF1 = 0.0
  /// Absent where no class has both members and others.
  package private(set) var areaUnderCurve: Double?
  /// The expected calibration error over 15 equal bins of confidence (Guo et al. 2017, eq. 3).
  package private(set) var calibrationError = 0.0
  /// How many samples of each class (row) were taken for each class (column).
  package private(set) var confusion: [[Int]]

  /// - Parameters:
  ///   - logits: Row-major `[N, classes]`.
  ///   - labels: The true class of each row, in `0..<classes`.
  package init(logits: [Float], labels: [Int], classes: Int) {
    precondition(logits.count == labels.count * classes)
    confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    guard !labels.isEmpty else { return }
    var probabilities = [Double](repeating: 0, count: logits.count)
    var predictions: [Int] = []
    var fifths = 0
    for (row, label) in labels.enumerated() {
      let range = row * classes..<(row + 1) * classes
      let softmax = Softmax(logits[range])
      probabilities.replaceSubrange(range, with: softmax.probabilities)
      loss -= softmax.logarithm(of: label)
      predictions.append(softmax.largest)
      confusion[label][softmax.largest] += 1
      if softmax.rank(of: label) < 5 { fifths += 1 }
    }
    let count = Double(labels.count)
    loss /= count
    accuracy = Double(zip(predictions, labels).count { $0 == $1 }) / count
    topFive = classes > 5 ? Double(fifths) / count : nil
    summarizeConfusion()
    calibrationError = Self.calibrationError(probabilities, predictions, labels, classes)
    areaUnderCurve = Self.areaUnderCurve(probabilities, labels, classes)
  }

  /// The most classes for which the confusion matrix is among the metrics.
  static let largestMatrix = 100

  /// The metrics by their names in `metrics.json`.
  package var value: Value {
    var members: [String: Value] = [
      "loss": .double(loss), "accuracy": .double(accuracy),
      "balanced-accuracy": .double(balancedAccuracy), "macro-f1": .double(macroF1),
      "calibration-error": .double(calibrationError),
    ]
    members["top-5"] = topFive.map(Value.double)
    members["auroc"] = areaUnderCurve.map(Value.double)
    if confusion.count <= Self.largestMatrix {
      members["confusion"] = .array(confusion.map { .array($0.map(Value.int)) })
    }
    return .object(members)
  }

  private mutating func summarizeConfusion() {
    let classes = confusion.indices
    let taken = classes.map { column in classes.reduce(0) { $0 + confusion[$1][column] } }
    let actual = confusion.map { $0.reduce(0, +) }
    let recalls = classes.filter { actual[$0] > 0 }
      .map { Double(confusion[$0][$0]) / Double(actual[$0]) }
    balancedAccuracy = recalls.reduce(0, +) / Double(max(recalls.count, 1))
    let scores = classes.filter { actual[$0] + taken[$0] > 0 }
      .map { 2 * Double(confusion[$0][$0]) / Double(actual[$0] + taken[$0]) }
    macroF1 = scores.reduce(0, +) / Double(max(scores.count, 1))
  }

  private static func calibrationError(
    _ probabilities: [Double], _ predictions: [Int], _ labels: [Int], _ classes: Int
  ) -> Double {
    let bins = 15
    var confidence = [Double](repeating: 0, count: bins)
    var hits = confidence
    for (row, prediction) in predictions.enumerated() {
      let probability = probabilities[row * classes + prediction]
      let bin = min(bins - 1, max(0, Int((probability * Double(bins)).rounded(.up)) - 1))
      confidence[bin] += probability
      hits[bin] += prediction == labels[row] ? 1 : 0
    }
    return zip(confidence, hits).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(labels.count)
  }

  /// The mean over classes of the Mann-Whitney statistic, ties counted half.
  private static func areaUnderCurve(
    _ probabilities: [Double], _ labels: [Int], _ classes: Int
  ) -> Double? {
    guard classes <= 100 else { return nil }
    let areas = (0..<classes).compactMap { label -> Double? in
      let scores = labels.indices.map { probabilities[$0 * classes + label] }
      return rankArea(scores, isMember: labels.map { $0 == label })
    }
    return areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
  }

  private static func rankArea(_ scores: [Double], isMember: [Bool]) -> Double? {
    let members = isMember.count { $0 }
    let others = isMember.count - members
    guard members > 0, others > 0 else { return nil }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var rankSum = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let meanRank = Double(start + end + 1) / 2
      rankSum += meanRank * Double(order[start..<end].count { isMember[$0] })
      start = end
    }
    let least = Double(members) * Double(members + 1) / 2
    return (rankSum - least) / (Double(members) * Double(others))
  }
}

/// One row of logits as probabilities, computed without overflow.
private struct Softmax {
  private let logits: [Double]
  private let logarithmOfSum: Double
  let largest: Int

  init(_ row: ArraySlice<Float>) {
    let logits = row.map(Double.init)
    self.logits = logits
    largest = logits.indices.max { logits[$0] < logits[$1] } ?? 0
    let peak = logits.isEmpty ? 0 : logits[largest]
    logarithmOfSum = peak + log(logits.reduce(0) { $0 + exp($1 - peak) })
  }

  var probabilities: [Double] { logits.map { exp($0 - logarithmOfSum) } }

  func logarithm(of label: Int) -> Double { logits[label] - logarithmOfSum }

  /// How many logits are larger.
  func rank(of label: Int) -> Int { logits.count { $0 > logits[label] } }
}
