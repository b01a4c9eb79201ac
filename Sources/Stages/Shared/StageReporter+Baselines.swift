internal import Dataset
internal import Learning
internal import Pipeline
internal import YAML

extension StageReporter {
  /// Reports what the simplest models come to where a network's predictions were measured, and warns
  /// where they show that it learned little.
  ///
  /// - Parameter predictions: Of the network, by split.
  func compareWithBaselines(
    _ predictions: [SplitName: Predictions], of problem: LearningProblem, on dataset: Dataset
  ) throws {
    let baselines = try Baselines(problem, on: dataset)
    var constant: Value = ["answer": baselines.answer]
    var linear: Value = [:]
    let held = [SplitName.test, .validation].filter { predictions[$0] != nil }
    for split in held {
      guard let own = predictions[split] else { continue }
      let review = try ResultReview(own, beside: baselines, on: dataset, split)
      let answers = review.answers
      constant[split.rawValue] = Baselines.metrics(of: answers.constant)
      linear[split.rawValue] = answers.linear.map { Baselines.metrics(of: $0) }
      if split == held.first, let warning = review.warning { warn(warning) }
    }
    guard !held.isEmpty else { return }
    var reported: Value = ["constant": constant]
    if linear.object?.isEmpty == false { reported["linear"] = linear }
    metrics(["baselines": reported])
  }
}
