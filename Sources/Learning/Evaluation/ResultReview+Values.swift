import Diagnostics

extension ResultReview {
  /// What the values that were answered say.
  var warningOfValues: Diagnostic? {
    guard own.values.count == own.logits.count, ownScales.contains(where: { $0 > 0 }) else {
      return nil
    }
    if tellsGuesses, answersAlike {
      let answers = own.logits.prefix(own.width).map { "\(Double($0))" }.joined(separator: ", ")
      return warn(
        "the network answers about the same, \(answers), for every one of the \(rows)",
        "look at the losses in its log: lower the learning rate, or train for more epochs")
    }
    let noun = own.width > 1 ? "an error (RMSE of standardised values)" : "an error (RMSE)"
    let error = Self.rootOfMean(squares(own))
    let least = Self.rootOfMean(squares(constant))
    if tellsGuesses, error >= least {
      return warn(
        "\(noun) of \(Self.short(error)) on \(rows) is no better than answering \(answer) "
          + "every time, which gives \(Self.short(least))",
        "look whether the features tell anything of the target, and train for more epochs",
        linear: linear.map { Self.rootOfMean(squares($0)) }
          .flatMap { $0 < least ? Self.short($0) : nil })
    }
    guard let linear else { return nil }
    let lines = squares(linear)
    let line = Self.rootOfMean(lines)
    let gains = zip(squares(own), lines).map { $0 - $1 }
    guard isSurelyPositive(gains), error > 1.02 * line else { return nil }
    return warn(
      "a linear model does better: its\(noun.dropFirst(2)) on \(rows) is \(Self.short(line)), the "
        + "network's \(Self.short(error))", Self.remedy)
  }

  /// The deviation of each true value.
  private var ownScales: [Double] { columns(of: own.values).map(Self.deviation) }

  /// Whether the answers hardly differ where the truth does.
  private var answersAlike: Bool {
    zip(columns(of: own.logits), ownScales).allSatisfy { answers, scale in
      Self.deviation(answers) < 1e-3 * scale || scale == 0
    }
  }

  private func columns(of values: [Float]) -> [[Double]] {
    let width = max(own.width, 1)
    return (0..<width).map { column in
      stride(from: column, to: values.count, by: width).map { Double(values[$0]) }
    }
  }

  /// The squared error of each row; of several values in units of their deviations, and in the mean over
  /// them.
  private func squares(_ answers: Predictions) -> [Double] {
    let width = max(own.width, 1)
    let scales = width > 1 ? ownScales.map { $0 > 0 ? $0 : 1 } : [1]
    return (0..<own.rows).map { row in
      let sum = (0..<width).reduce(0.0) { sum, column in
        let place = row * width + column
        let error = (Double(answers.logits[place]) - Double(own.values[place])) / scales[column]
        return sum + error * error
      }
      return sum / Double(width)
    }
  }

  /// Four significant digits.
  private static func short(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return "\(number)" }
    var scale = 1.0
    while number * scale < 1000, scale < 1e12 { scale *= 10 }
    return "\((number * scale).rounded() / scale)"
  }
}
