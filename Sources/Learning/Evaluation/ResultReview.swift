package import Dataset
package import Diagnostics
import YAML

/// What held-out rows say against a trained network, beside the simplest models on the same rows.
package struct ResultReview {
  private let own: Predictions
  private let constant: Predictions
  private let linear: Predictions?
  /// What the constant model answers, in words.
  private let answer: String
  /// Such as `358 test rows`.
  private let rows: String

  /// Of fewer rows nothing is said.
  private static let leastRows = 20
  /// How many standard errors a difference has to have: one in twenty by chance (one-sided).
  private static let certainty = 1.645

  package init(
    _ own: Predictions, beside baselines: Baselines, on dataset: Dataset, _ split: SplitName
  ) throws {
    self.init(
      own, try baselines.answers(beside: own, on: dataset, split),
      answer: baselines.answer.string.map { "'\($0)'" } ?? "the mean", split.rawValue)
  }

  init(
    _ own: Predictions, _ answers: (constant: Predictions, linear: Predictions?), answer: String,
    _ split: String
  ) {
    self.own = own
    (constant, linear) = answers
    self.answer = answer
    rows = "\(own.rows) \(split) rows"
  }

  /// The metrics of the simplest models.
  package var metrics: (constant: Predictions, linear: Predictions?) { (constant, linear) }

  /// The first thing that a reader should know, where there is one.
  package var warning: Diagnostic? {
    guard own.rows >= Self.leastRows, own.logits.allSatisfy(\.isFinite) else { return nil }
    return own.classes.isEmpty ? warningOfValues : warningOfClasses
  }

  private var warningOfClasses: Diagnostic? {
    let taken = own.largest
    let present = Set(own.classes)
    guard present.count > 1 else { return nil }
    if Set(taken).count == 1 {
      return warn(
        "the network takes every one of the \(rows) for the same class",
        "look at the losses in its log: lower the learning rate, or train for more epochs")
    }
    if isAtChance(taken, present) {
      return warn(
        "an accuracy of \(percent(own.accuracy)) on \(rows) is no better than chance: answering "
          + "\(answer) every time gives \(percent(constant.accuracy))",
        "look whether the features tell the classes apart, and train for more epochs",
        linear: linear.flatMap { $0.accuracy > own.accuracy ? percent($0.accuracy) : nil })
    }
    guard let linear else { return nil }
    let gains = zip(zip(taken, linear.largest), own.classes).map { answers, truth in
      (answers.1 == truth ? 1.0 : 0) - (answers.0 == truth ? 1.0 : 0)
    }
    guard isSurelyPositive(gains), linear.accuracy > own.accuracy + 0.01 else { return nil }
    return warn(
      "a linear model does better: \(percent(linear.accuracy)) of \(rows) against "
        + percent(own.accuracy), Self.remedy)
  }

  /// Whether neither the accuracy nor, over the classes alike, the recall can be told from guessing.
  private func isAtChance(_ taken: [Int], _ present: Set<Int>) -> Bool {
    let count = Double(own.rows)
    let share = constant.accuracy
    let bound = share + Self.certainty * (share * (1 - share) / count).squareRoot()
    guard own.accuracy <= bound else { return false }
    let chance = 1 / Double(present.count)
    var (recall, variance) = (0.0, 0.0)
    for label in present {
      let members = own.classes.indices.filter { own.classes[$0] == label }
      let size = Double(members.count)
      recall += Double(members.count { taken[$0] == label }) / size * chance
      variance += chance * (1 - chance) / size * chance * chance
    }
    return recall <= chance + Self.certainty * variance.squareRoot()
  }

  private var warningOfValues: Diagnostic? {
    let truth = own.values.map(Double.init)
    let (answers, plain) = (own.logits.map(Double.init), constant.logits.map(Double.init))
    guard Self.deviation(truth) > 0 else { return nil }
    if Self.deviation(answers) < 1e-3 * Self.deviation(truth) {
      return warn(
        "the network answers about the same, \(answers[0]), for every one of the \(rows)",
        "look at the losses in its log: lower the learning rate, or train for more epochs")
    }
    let error = Self.rootOfMean(Self.squares(answers, truth))
    let least = Self.rootOfMean(Self.squares(plain, truth))
    if error >= least {
      return warn(
        "an error (RMSE) of \(Self.short(error)) on \(rows) is no better than answering \(answer) "
          + "every time, which gives \(Self.short(least))",
        "look whether the features tell anything of the target, and train for more epochs",
        linear: rootOfMean(of: linear, truth).flatMap { $0 < least ? Self.short($0) : nil })
    }
    guard let linear else { return nil }
    let lines = Self.squares(linear.logits.map(Double.init), truth)
    let line = Self.rootOfMean(lines)
    let gains = zip(Self.squares(answers, truth), lines).map { $0 - $1 }
    guard isSurelyPositive(gains), error > 1.02 * line else { return nil }
    return warn(
      "a linear model does better: its error (RMSE) on \(rows) is \(Self.short(line)), the "
        + "network's \(Self.short(error))", Self.remedy)
  }

  private static let remedy =
    "train for more epochs or with another learning rate, normalize the features, or take "
    + "'model: linear'"

  /// - Parameter linear: What a linear model comes to, where that is better.
  private func warn(_ fact: String, _ remedy: String, linear: String? = nil) -> Diagnostic {
    Diagnostic(
      fact, severity: .warning, remedy: remedy,
      notes: linear.map { [Note("a linear model comes to \($0)")] } ?? [])
  }

  /// Whether the mean of paired differences is above 0 by more than chance explains.
  private func isSurelyPositive(_ gains: [Double]) -> Bool {
    let mean = gains.reduce(0, +) / Double(gains.count)
    let error = Self.deviation(gains) / Double(gains.count).squareRoot()
    return mean > Self.certainty * error
  }

  private static func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    return rootOfMean(values.map { ($0 - mean) * ($0 - mean) })
  }

  private func rootOfMean(of answers: Predictions?, _ truth: [Double]) -> Double? {
    answers.map { Self.rootOfMean(Self.squares($0.logits.map(Double.init), truth)) }
  }

  private static func rootOfMean(_ squares: [Double]) -> Double {
    (squares.reduce(0, +) / Double(max(squares.count, 1))).squareRoot()
  }

  private static func squares(_ answers: [Double], _ truth: [Double]) -> [Double] {
    zip(answers, truth).map { ($0 - $1) * ($0 - $1) }
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10)%" }

  /// Four significant digits.
  private static func short(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return "\(number)" }
    var scale = 1.0
    while number * scale < 1000, scale < 1e12 { scale *= 10 }
    return "\((number * scale).rounded() / scale)"
  }
}
