import Diagnostics

extension ResultReview {
  /// What the labels that were given say.
  var warningOfLabels: Diagnostic? {
    let width = max(own.width, 1)
    let sets = Self.labelSets(own.logits, width)
    guard Set(Self.labelSets(own.values.map { $0 - 0.5 }, width)).count > 1 else { return nil }
    if tellsGuesses, Set(sets).count == 1 {
      return warn(
        "the network gives every one of the \(rows) the same labels",
        "look at the losses in its log: lower the learning rate, or train for more epochs")
    }
    let (shares, plain) = (shares(of: own), shares(of: constant))
    if tellsGuesses, isSurelyPositive(zip(plain, shares).map { $0 - $1 }) {
      return warn(
        "\(percent(Self.mean(shares))) of the labels of \(rows) are told right, and answering "
          + "\(answer) every time gives \(percent(Self.mean(plain)))",
        "look whether the features tell the labels apart, and train for more epochs")
    }
    guard let linear else { return nil }
    let lines = self.shares(of: linear)
    guard isSurelyPositive(zip(lines, shares).map { $0 - $1 }),
      Self.mean(lines) > Self.mean(shares) + 0.01
    else { return nil }
    return warn(
      "a linear model does better: \(percent(Self.mean(lines))) of the labels of \(rows) against "
        + percent(Self.mean(shares)), Self.remedy)
  }

  /// For each row the share of the labels that are told right.
  private func shares(of predictions: Predictions) -> [Double] {
    let width = max(own.width, 1)
    return (0..<own.rows).map { row in
      let places = row * width..<(row + 1) * width
      let right = places.count { (predictions.logits[$0] > 0) == (own.values[$0] > 0.5) }
      return Double(right) / Double(width)
    }
  }

  private static func labelSets(_ logits: [Float], _ width: Int) -> [[Bool]] {
    stride(from: 0, to: logits.count, by: width).map { start in
      logits[start..<start + width].map { $0 > 0 }
    }
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }
}
