package import Dataset
package import YAML

/// How the results of two ways to run a model on the same rows differ.
package struct ResultComparison: Hashable, Sendable {
  /// The largest difference of two values.
  package let largestDifference: Double
  /// The same in relation to the largest magnitude of the reference.
  package let relativeDifference: Double
  /// The share of rows whose largest output is the same, or for which the same labels are given; 1 for
  /// values.
  package let agreement: Double

  /// - Parameters:
  ///   - reference: Row-major `[rows, outputs]`.
  ///   - results: As many values.
  ///   - task: What the outputs are for.
  package init(
    reference: [Float], results: [Float], rows: Int, task: Target.Task = .classification
  ) {
    guard reference.count == results.count, rows > 0 else {
      (largestDifference, relativeDifference, agreement) = (.infinity, .infinity, 0)
      return
    }
    let differences = zip(reference, results).map { abs(Double($0) - Double($1)) }
    // A value that is not a number differs by more than any.
    largestDifference = differences.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
    let magnitude = reference.reduce(0) { max($0, abs(Double($1))) }
    relativeDifference = magnitude > 0 ? largestDifference / magnitude : largestDifference
    let outputs = reference.count / rows
    let same = (0..<rows).count { row in
      let range = row * outputs..<(row + 1) * outputs
      switch task {
      case .classification:
        return Self.largest(reference[range]) == Self.largest(results[range])
      case .multiLabel: return range.allSatisfy { (reference[$0] > 0) == (results[$0] > 0) }
      case .regression: return true
      }
    }
    agreement = Double(same) / Double(rows)
  }

  package var value: Value {
    [
      "largest-difference": .double(largestDifference),
      "relative-difference": .double(relativeDifference), "agreement": .double(agreement),
    ]
  }

  /// The place of the first largest value.
  private static func largest(_ values: ArraySlice<Float>) -> Int {
    var best = values.startIndex
    for index in values.indices where values[index] > values[best] { best = index }
    return best - values.startIndex
  }
}
