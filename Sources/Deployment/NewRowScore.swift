package import Dataset
internal import Learning
package import YAML

/// How good answers for new rows are, as far as the rows tell what is right.
package struct NewRowScore: Sendable {
  private let target: Target
  private var outputs: [Float] = []
  private var truth: [Float] = []

  /// The rows that are answered and meant to tell what is right, and do not.
  package private(set) var doubtful = 0

  /// The first of them and why.
  package private(set) var firstDoubt: String?

  package init(_ target: Target) {
    self.target = target
  }

  package mutating func add(_ answer: NewRows.Answer) {
    guard answer.problem == nil else { return }
    if !answer.row.truths.isEmpty {
      outputs += answer.outputs
      truth += answer.row.truths
      rows += 1
    } else if let doubt = answer.row.doubt {
      doubtful += 1
      firstDoubt = firstDoubt ?? "\(answer.row.label): \(doubt)"
    }
  }

  /// How many rows are held against what is right.
  package private(set) var rows = 0

  /// The metrics that a test split would have; `nil` where no row tells what is right.
  package var metrics: Value? {
    rows > 0 ? target.metrics(of: outputs, truth: truth).value : nil
  }
}
