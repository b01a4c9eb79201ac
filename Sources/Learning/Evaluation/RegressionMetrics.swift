package import YAML

/// How near predicted values are to true ones.
///
/// Where a prediction is not finite the row has no answer, and no figure says how near they are.
package struct RegressionMetrics: Sendable {
  /// The mean of the absolute errors.
  package let meanAbsoluteError: Double
  /// The root of the mean of the squared errors.
  package let rootMeanSquaredError: Double
  /// 1 - (squared errors) / (squared distances from the mean); absent where the truth is constant.
  package let determination: Double?
  /// How many rows have no answer.
  package let unanswered: Int

  package init(predictions: [Float], targets: [Float]) {
    precondition(predictions.count == targets.count)
    let count = Double(max(targets.count, 1))
    let errors = zip(predictions, targets).map { Double($0) - Double($1) }
    let mean = targets.reduce(0) { $0 + Double($1) } / count
    let spread = targets.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    meanAbsoluteError = errors.reduce(0) { $0 + abs($1) } / count
    rootMeanSquaredError = (squares / count).squareRoot()
    // The mean of equal values may be off by a rounding, and no spread comes of that.
    let varies = targets.min() != targets.max()
    determination = varies && spread > 0 ? 1 - squares / spread : nil
    unanswered = predictions.count { !$0.isFinite }
  }

  /// The metrics by their names in `metrics.json`; `loss` is the mean squared error.
  package var value: Value {
    guard unanswered == 0 else { return ["not-finite": .int(unanswered)] }
    var members: [String: Value] = [
      "loss": .double(rootMeanSquaredError * rootMeanSquaredError),
      "mae": .double(meanAbsoluteError), "rmse": .double(rootMeanSquaredError),
    ]
    members["r2"] = determination.map(Value.double)
    return .object(members)
  }
}
