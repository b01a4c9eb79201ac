package import YAML
import Glibc

/// How well logits tell which of several labels each row has.
///
/// A label is given where its logit is above 0, which is a probability above 0.5. Defined as
/// scikit-learn defines them: subset accuracy is the share of rows whose labels are all right, micro F1
/// counts every decision alike, macro F1 is the mean over the labels that occur or are given, AUROC and
/// average precision are means over the labels for which there is one.
///
/// A row with a logit that is not finite has no answer: it counts as wrong in the subset accuracy, and
/// not at all elsewhere.
package struct LabelMetrics: Sendable {
  /// What is known of one label.
  package struct Label: Sendable {
    /// The rows that have it.
    package fileprivate(set) var rows = 0
    /// Absent where it neither occurs nor is given.
    package fileprivate(set) var f1: Double?
    package fileprivate(set) var areaUnderCurve: Double?
    package fileprivate(set) var averagePrecision: Double?
  }

  /// The mean binary cross-entropy in nats; absent where a row has no answer.
  package private(set) var loss: Double?
  package private(set) var subsetAccuracy = 0.0
  /// The share of the decisions that are wrong.
  package private(set) var hammingLoss = 0.0
  package private(set) var microF1 = 0.0
  package private(set) var macroF1 = 0.0
  package private(set) var labels: [Label]
  /// How many rows have no answer.
  package private(set) var unanswered = 0

  private let names: [String]

  /// What a probability has to exceed for a label to be given.
  package static let threshold = 0.5

  /// - Parameters:
  ///   - logits: Row-major `[N, K]`.
  ///   - truth: As many values, 1 for each label that a row has and 0 for the others.
  ///   - names: The labels.
  package init(logits: [Float], truth: [Float], names: [String]) {
    precondition(logits.count == truth.count)
    self.names = names
    let width = names.count
    labels = names.map { _ in Label() }
    let rows = logits.count / max(width, 1)
    guard rows > 0 else { return }
    let answered = (0..<rows).filter { row in
      logits[row * width..<(row + 1) * width].allSatisfy(\.isFinite)
    }
    unanswered = rows - answered.count
    var right = 0
    var losses = 0.0
    for row in answered {
      var isRight = true
      for place in row * width..<(row + 1) * width {
        let logit = Double(logits[place])
        isRight = isRight && (logit > 0) == (truth[place] > 0.5)
        losses += Self.crossEntropy(of: logit, truth: Double(truth[place]))
      }
      if isRight { right += 1 }
    }
    let decisions = Double(max(answered.count * width, 1))
    loss = unanswered == 0 ? losses / decisions : nil
    subsetAccuracy = Double(right) / Double(rows)
    summarize(logits, truth, answered)
  }

  /// The cross-entropy of one label in nats: -y log σ(x) - (1 - y) log(1 - σ(x)), without overflow.
  ///
  /// - Parameters:
  ///   - logit: x, finite.
  ///   - truth: y, 1 for a label that the row has and 0 else.
  package static func crossEntropy(of logit: Double, truth: Double) -> Double {
    max(logit, 0) - logit * truth + log1p(exp(-abs(logit)))
  }

  private mutating func summarize(_ logits: [Float], _ truth: [Float], _ rows: [Int]) {
    let width = names.count
    var (hits, given, present, wrong) = (0, 0, 0, 0)
    for index in 0..<width {
      let elements = rows.lazy.map { row in
        let place = row * width + index
        return (score: Double(logits[place]), isMember: truth[place] > 0.5)
      }
      let taken = elements.count { $0.score > 0 }
      let members = elements.count { $0.isMember }
      let both = elements.count { $0.score > 0 && $0.isMember }
      labels[index].rows = members
      if taken + members > 0 { labels[index].f1 = 2 * Double(both) / Double(taken + members) }
      let ranking = Ranking(elements)
      labels[index].areaUnderCurve = ranking.areaUnderCurve
      labels[index].averagePrecision = ranking.averagePrecision
      hits += both
      given += taken
      present += members
      wrong += taken + members - 2 * both
    }
    microF1 = given + present > 0 ? 2 * Double(hits) / Double(given + present) : 0
    macroF1 = Self.mean(labels.map(\.f1)) ?? 0
    hammingLoss = Double(wrong) / Double(max(rows.count * width, 1))
  }

  private static func mean(_ figures: [Double?]) -> Double? {
    let known = figures.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// The metrics by their names in `metrics.json`; each label's own only where there are not many.
  package var value: Value {
    var members: [String: Value] = [
      "subset-accuracy": .double(subsetAccuracy), "hamming-loss": .double(hammingLoss),
      "micro-f1": .double(microF1), "macro-f1": .double(macroF1),
      "threshold": .double(Self.threshold),
    ]
    members["loss"] = loss.map(Value.double)
    members["auroc"] = Self.mean(labels.map(\.areaUnderCurve)).map(Value.double)
    members["average-precision"] = Self.mean(labels.map(\.averagePrecision)).map(Value.double)
    if unanswered > 0 { members["not-finite"] = .int(unanswered) }
    if names.count <= ClassificationMetrics.largestMatrix {
      members["labels"] = .object(
        Dictionary(zip(names, labels.map(\.value))) { first, _ in first })
    }
    return .object(members)
  }
}

extension LabelMetrics.Label {
  fileprivate var value: Value {
    var members: [String: Value] = ["rows": .int(rows)]
    members["f1"] = f1.map(Value.double)
    members["auroc"] = areaUnderCurve.map(Value.double)
    members["average-precision"] = averagePrecision.map(Value.double)
    return .object(members)
  }
}
