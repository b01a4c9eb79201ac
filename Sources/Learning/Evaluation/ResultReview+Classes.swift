import Diagnostics

extension ResultReview {
  /// What the classes that were taken say.
  var warningOfClasses: Diagnostic? {
    let taken = own.largest
    let present = Set(own.classes)
    guard present.count > 1 else { return nil }
    if tellsGuesses, Set(taken).count == 1 {
      return warn(
        "the network takes every one of the \(rows) for the same class",
        "look at the losses in its log: lower the learning rate, or train for more epochs")
    }
    if tellsGuesses, isAtChance(taken, present) {
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

  func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10)%" }
}
