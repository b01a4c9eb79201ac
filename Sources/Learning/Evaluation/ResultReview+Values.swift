import Diagnostics

extension ResultReview {
  /// What the values that were answered say.
  var warningOfValues: Diagnostic? {
    let truth = own.values.map(Double.init)
    let (answers, plain) = (own.logits.map(Double.init), constant.logits.map(Double.init))
    guard Self.deviation(truth) > 0 else { return nil }
    if tellsGuesses, Self.deviation(answers) < 1e-3 * Self.deviation(truth) {
      return warn(
        "the network answers about the same, \(answers[0]), for every one of the \(rows)",
        "look at the losses in its log: lower the learning rate, or train for more epochs")
    }
    let error = Self.rootOfMean(Self.squares(answers, truth))
    let least = Self.rootOfMean(Self.squares(plain, truth))
    if tellsGuesses, error >= least {
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

  private func rootOfMean(of answers: Predictions?, _ truth: [Double]) -> Double? {
    answers.map { Self.rootOfMean(Self.squares($0.logits.map(Double.init), truth)) }
  }

  private static func squares(_ answers: [Double], _ truth: [Double]) -> [Double] {
    zip(answers, truth).map { ($0 - $1) * ($0 - $1) }
  }

  /// Four significant digits.
  private static func short(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return "\(number)" }
    var scale = 1.0
    while number * scale < 1000, scale < 1e12 { scale *= 10 }
    return "\((number * scale).rounded() / scale)"
  }
}
