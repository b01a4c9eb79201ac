package import Options
import Dataset
import Diagnostics

/// How much the rows of each class count in the loss.
package enum ClassWeights: Choice {
  /// In inverse proportion to how often the class occurs in the training split; of labels, so that the rows
  /// that have one count together as much as those without it.
  case balanced
  /// As given by name; 1 for classes that are not named.
  case byClass([String: Double])

  package static let summary =
    "How much the rows of each class count in the loss; of labels, how much the rows that have one do."

  package static var cases: [Case<Self>] {
    Case(
      "balanced", .balanced, "In inverse proportion to how often a class occurs in training.")
    Case(
      "by-class", [String: Double].self, in: 0..., Self.byClass,
      "A factor for each class by name; 1 for the others.")
  }

  package var payload: (any OptionValue)? {
    switch self {
    case .balanced: nil
    case .byClass(let weights): weights
    }
  }

  /// The factors of a problem's classes, in their order.
  package func factors(for problem: LearningProblem) throws -> [Double] {
    let classes = problem.target.classes
    guard !classes.isEmpty else {
      throw Diagnostic(
        "class weights need classes, but the target is a regression", remedy: "leave them out")
    }
    switch self {
    case .balanced where problem.target.task == .multiLabel:
      return problem.classCounts.map { count in
        count == 0 ? 1 : Double(problem.rows - count) / Double(count)
      }
    case .balanced:
      let rows = Double(problem.classCounts.reduce(0, +))
      return problem.classCounts.map { count in
        count == 0 ? 0 : rows / (Double(classes.count) * Double(count))
      }
    case .byClass(let weights):
      for name in weights.keys.sorted() {
        guard classes.contains(name) else {
          throw Diagnostic(
            "there is no class '\(name)' to weight",
            remedy: "the classes are \(classes.prefix(20).joined(separator: ", "))")
        }
      }
      let factors = classes.map { weights[$0] ?? 1 }
      guard
        problem.target.task == .multiLabel
          || zip(factors, problem.classCounts).contains(where: { $0 > 0 && $1 > 0 })
      else {
        throw Diagnostic(
          "no training row counts: each class that occurs has the weight 0",
          remedy: "give at least one class a weight above 0")
      }
      return factors
    }
  }
}
