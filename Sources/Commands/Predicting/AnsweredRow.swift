internal import Diagnostics
internal import YAML

/// A row with what it is called, what it brings along, and its answer.
struct AnsweredRow {
  /// `row` or `file`, or both.
  let name: Value

  /// The values of the kept columns.
  let cells: [String]

  /// `prediction`, for classes `probability` and for classes and labels `probabilities`; `nil` where there
  /// is none.
  let answer: Value?
  let problem: Diagnostic?

  /// For programs; the kept columns by name.
  func value(_ columns: [String]) -> Value {
    var value = name
    if !columns.isEmpty {
      value["columns"] = .object(
        Dictionary(zip(columns, cells.map { .string($0) })) { first, _ in first })
    }
    if let answer { value = value.merging(answer) }
    if let problem { value["problem"] = problem.value }
    return value
  }

  /// The predicted class, number or labels; empty where there is none.
  ///
  /// - Parameters:
  ///   - separator: What stands between labels.
  ///   - number: How a number is written.
  func prediction(separator: String = ", ", _ number: (Double) -> String) -> String {
    guard let prediction = answer?["prediction"] else { return "" }
    if let labels = prediction.array {
      return labels.compactMap(\.string).joined(separator: separator)
    }
    return prediction.string ?? prediction.double.map(number) ?? ""
  }

  /// The predicted number of a name, where there are several.
  func prediction(of name: String, _ number: (Double) -> String) -> String {
    answer?["prediction"]?[name]?.double.map(number) ?? ""
  }

  var probability: Double? { answer?["probability"]?.double }

  /// The probability of a label.
  func probability(of name: String) -> Double? { answer?["probabilities"]?[name]?.double }
}
