internal import Diagnostics
internal import YAML

/// A row with what it is called, what it brings along, and its answer.
struct AnsweredRow {
  /// `row` or `file`, or both.
  let name: Value

  /// The values of the kept columns.
  let cells: [String]

  /// `prediction`, and for classes `probability` and `probabilities`; `nil` where there is none.
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

  /// The predicted class or number; empty where there is none.
  func prediction(_ number: (Double) -> String) -> String {
    guard let prediction = answer?["prediction"] else { return "" }
    return prediction.string ?? prediction.double.map(number) ?? ""
  }

  var probability: Double? { answer?["probability"]?.double }
}
