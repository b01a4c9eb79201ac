package import Dataset
package import YAML
import Tensor

/// What can be had without training a network: one answer for every row, and a linear model.
package struct Baselines: Sendable {
  /// The class that most training rows have, the labels that most of them have, or the means of their
  /// values, as an output `[outputs]`.
  private let constant: [Float]
  private let problem: LearningProblem
  private let linear: LinearModel?

  /// Fits both on the training split.
  package init(_ problem: LearningProblem, on dataset: Dataset) throws {
    self.problem = problem
    let counts = problem.classCounts
    switch problem.target.task {
    case .classification:
      let place = counts.max().flatMap { counts.firstIndex(of: $0) } ?? 0
      constant = counts.indices.map { $0 == place ? 1 : 0 }
    case .regression: constant = problem.means.map { Float($0) }
    case .multiLabel: constant = counts.map { 2 * $0 > problem.rows ? 1 : -1 }
    }
    linear = try LinearModel(problem, on: dataset)
  }

  /// What is answered always: a class, labels by name, or numbers.
  package var answer: Value {
    let target = problem.target
    switch target.task {
    case .classification: return .string(target.classes[constant.firstIndex(of: 1) ?? 0])
    case .regression:
      return constant.count == 1
        ? .double(Double(constant[0])) : .array(constant.map { .double(Double($0)) })
    case .multiLabel:
      let given = zip(target.classes, constant).filter { $0.1 > 0 }.map(\.0)
      return .string(given.isEmpty ? "no label" : given.joined(separator: ", "))
    }
  }

  /// The answers of both for the rows of a split, beside the truth of a network's own predictions.
  package func answers(
    beside own: Predictions, on dataset: Dataset, _ split: SplitName
  ) throws -> (constant: Predictions, linear: Predictions?) {
    var always = own
    always.width = constant.count
    always.logits = (0..<own.rows * constant.count).map { constant[$0 % constant.count] }
    let answers = try linear?.logits(on: dataset, split).map { logits in
      var line = always
      line.logits = logits
      return line
    }
    return (always, answers)
  }

  /// The measures that are shown of them.
  package static let measures = [
    "accuracy", "balanced-accuracy", "subset-accuracy", "micro-f1", "rmse", "mae", "r2",
  ]

  /// The measures of some predictions.
  package static func metrics(of predictions: Predictions) -> Value {
    .object((predictions.metrics.object ?? [:]).filter { measures.contains($0.key) })
  }
}
