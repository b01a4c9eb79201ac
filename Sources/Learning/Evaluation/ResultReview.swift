package import Dataset
package import Diagnostics
import YAML

/// What held-out rows say against a trained network, beside the simplest models on the same rows.
package struct ResultReview {
  let own: Predictions
  let constant: Predictions
  let linear: Predictions?
  /// What the constant model answers, in words.
  let answer: String
  /// Such as `358 test rows`.
  let rows: String

  /// Of fewer rows nothing is said, as one of them decides too much.
  private static let leastPairs = 5
  /// Of fewer rows it is not said that they might have been guessed.
  private static let leastRows = 20
  /// How many standard errors a difference has to have: one in twenty by chance (one-sided).
  static let certainty = 1.645

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

  /// What the simplest models answered for the same rows.
  package var answers: (constant: Predictions, linear: Predictions?) { (constant, linear) }

  /// The first thing that a reader should know, where there is one.
  package var warning: Diagnostic? {
    guard own.rows >= Self.leastPairs, own.logits.allSatisfy(\.isFinite) else { return nil }
    switch own.task {
    case .classification: return warningOfClasses
    case .regression: return warningOfValues
    case .multiLabel: return warningOfLabels
    }
  }

  /// Whether there are enough rows to tell guesses.
  var tellsGuesses: Bool { own.rows >= Self.leastRows }

  static let remedy =
    "train for more epochs or with another learning rate, normalize the features, or take "
    + "'model: linear'"

  /// - Parameter linear: What a linear model comes to, where that is better.
  func warn(_ fact: String, _ remedy: String, linear: String? = nil) -> Diagnostic {
    Diagnostic(
      fact, severity: .warning, remedy: remedy,
      notes: linear.map { [Note("a linear model comes to \($0)")] } ?? [])
  }

  /// Whether the mean of paired differences is above 0 by more than chance explains: a one-sided paired
  /// t-test at one in twenty.
  func isSurelyPositive(_ gains: [Double]) -> Bool {
    guard gains.count > 1 else { return false }
    let freedom = Double(gains.count - 1)
    let mean = gains.reduce(0, +) / Double(gains.count)
    let error = Self.deviation(gains) / freedom.squareRoot()
    return mean > Self.quantile(freedom: freedom) * error
  }

  /// The quantile of Student's distribution for ``certainty``, within 1% from 4 degrees of freedom on: the
  /// first terms of its expansion around the normal one (Abramowitz and Stegun, 26.7.5).
  static func quantile(freedom: Double) -> Double {
    let z = certainty
    let square = z * z
    let first = z * (square + 1) / 4
    let second = z * ((5 * square + 16) * square + 3) / 96
    return z + first / freedom + second / (freedom * freedom)
  }

  static func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    return rootOfMean(values.map { ($0 - mean) * ($0 - mean) })
  }

  static func rootOfMean(_ squares: [Double]) -> Double {
    (squares.reduce(0, +) / Double(max(squares.count, 1))).squareRoot()
  }
}
