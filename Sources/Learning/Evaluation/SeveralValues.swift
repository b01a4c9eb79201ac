package import YAML

/// How near several predicted values of each row are to the true ones: each value by itself, and in the
/// mean over them, all counted alike.
package struct SeveralValues: Sendable {
  private let names: [String]
  /// One for each value.
  package let outputs: [RegressionMetrics]
  /// How many rows have no answer.
  package let unanswered: Int

  /// - Parameters:
  ///   - predictions: Row-major `[N, K]`.
  ///   - targets: As many values.
  ///   - names: Of the K values.
  package init(predictions: [Float], targets: [Float], names: [String]) {
    precondition(predictions.count == targets.count)
    self.names = names
    let width = max(names.count, 1)
    let rows = targets.count / width
    func column(_ values: [Float], _ index: Int) -> [Float] {
      (0..<rows).map { values[$0 * width + index] }
    }
    outputs = (0..<width).map { index in
      RegressionMetrics(
        predictions: column(predictions, index), targets: column(targets, index))
    }
    unanswered = (0..<rows).count { row in
      !predictions[row * width..<(row + 1) * width].allSatisfy(\.isFinite)
    }
  }

  /// The mean over the values whose truth is not constant; nil where that of all is.
  package var determination: Double? { mean { $0.determination } }
  package var rootMeanSquaredError: Double { mean { $0.rootMeanSquaredError } ?? 0 }

  private func mean(_ figure: (RegressionMetrics) -> Double?) -> Double? {
    let known = outputs.compactMap(figure)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// The means by their names in `metrics.json`, and each value's own under `outputs`; `loss` is the mean
  /// squared error.
  package var value: Value {
    guard unanswered == 0 else { return ["not-finite": .int(unanswered)] }
    guard outputs.count > 1 else { return outputs[0].value }
    var members: [String: Value] = [:]
    for name in ["loss", "mae", "rmse", "r2"] {
      members[name] = mean { $0.value[name]?.double }.map(Value.double)
    }
    members["outputs"] = .object(
      Dictionary(zip(names, outputs.map { $0.value.without("loss") })) { first, _ in first })
    return .object(members)
  }
}

extension Value {
  fileprivate func without(_ name: String) -> Value {
    .object((object ?? [:]).filter { $0.key != name })
  }
}
