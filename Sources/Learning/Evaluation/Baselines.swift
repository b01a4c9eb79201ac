package import Dataset
package import YAML
import Tensor

/// What can be had without training a network: one answer for every row, and a linear model.
package struct Baselines: Sendable {
  /// The class that most training rows have, or the mean of their values, as an output `[outputs]`.
  private let constant: [Float]
  private let problem: LearningProblem
  private let linear: LinearModel?

  /// Fits both on the training split.
  package init(_ problem: LearningProblem, on dataset: Dataset) throws {
    self.problem = problem
    let counts = problem.classCounts
    if let most = counts.max() {
      let place = counts.firstIndex(of: most) ?? 0
      constant = counts.indices.map { $0 == place ? 1 : 0 }
    } else {
      constant = [Float(problem.mean)]
    }
    linear = try LinearModel(problem, on: dataset)
  }

  /// What is answered always: a class, or a number.
  package var answer: Value {
    problem.target.task == .regression
      ? .double(Double(constant[0]))
      : .string(problem.target.classes[constant.firstIndex(of: 1) ?? 0])
  }

  /// The answers of both for the rows of a split, beside the truth of a network's own predictions.
  package func answers(
    beside own: Predictions, on dataset: Dataset, _ split: SplitName
  ) throws -> (constant: Predictions, linear: Predictions?) {
    var always = own
    always.width = constant.count
    always.logits = (0..<own.rows).flatMap { _ in constant }
    return (always, try linear?.predictions(on: dataset, split))
  }

  /// The measures that are shown of them.
  package static let measures = ["accuracy", "balanced-accuracy", "rmse", "mae", "r2"]

  /// The measures of some predictions.
  package static func metrics(of predictions: Predictions) -> Value {
    .object((predictions.metrics.object ?? [:]).filter { measures.contains($0.key) })
  }
}
