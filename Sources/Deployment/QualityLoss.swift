internal import Glibc
package import YAML

/// What a change of a model costs on held-out rows: how far accuracy, or R² of a regression, fell.
package struct QualityLoss: Hashable, Sendable {
  /// The loss that was measured, where 0.01 is one point; negative for a gain.
  package let amount: Double
  /// Where the loss on all rows there could be lies, with about 95% probability.
  package let interval: ClosedRange<Double>
  /// What a single row is worth; less cannot be told apart.
  package let resolution: Double

  /// The loss of accuracy, with the interval of Agresti and Min 2005 for paired proportions.
  ///
  /// - Parameters:
  ///   - lost: The rows that were right before and are wrong now.
  ///   - gained: The rows that were wrong before and are right now.
  package init(lost: Int, gained: Int, rows: Int) {
    let count = Double(max(rows, 1))
    amount = Double(lost - gained) / count
    resolution = 1 / count
    let widened = count + 2
    let middle = Double(lost - gained) / widened
    let reach =
      1.96 * (Double(lost + gained + 1) - middle * middle * widened).squareRoot() / widened
    interval = middle - reach...middle + reach
  }

  /// The loss of R², with the interval of a mean of independent values.
  ///
  /// - Parameters:
  ///   - before: The squared error of each row before.
  ///   - after: The same now.
  ///   - spread: The sum of the squared distances of the true values from their mean.
  package init(before: [Double], after: [Double], spread: Double) {
    let count = Double(max(before.count, 1))
    self.init(shares: zip(before, after).map { spread > 0 ? ($1 - $0) * count / spread : 0 })
  }

  /// The loss that is the mean of what each row adds to it.
  package init(shares: [Double]) {
    let count = Double(max(shares.count, 1))
    let mean = shares.reduce(0, +) / count
    let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let reach = 1.96 * (squares / max(count - 1, 1) / count).squareRoot()
    amount = mean
    resolution = 0
    interval = mean - (reach.isFinite ? reach : 0)...mean + (reach.isFinite ? reach : 0)
  }

  /// Whether more was lost than is allowed, and more than a single row.
  package func exceeds(_ allowed: Double) -> Bool {
    // Rounding of the difference itself must not decide.
    !(amount <= max(allowed, resolution) + 1e-12)
  }

  /// Whether more is lost than is allowed whatever chance did.
  package func surelyExceeds(_ allowed: Double) -> Bool {
    exceeds(allowed) && !(interval.lowerBound <= allowed)
  }

  /// Points with their interval, such as `46.7 points of accuracy (95%: 27.1 to 62.9)`.
  package func text(of figure: String) -> String {
    func points(_ share: Double) -> String { Rounded.text(share * 100, digits: 3) }
    return "\(points(amount)) points of \(figure) "
      + "(95%: \(points(interval.lowerBound)) to \(points(interval.upperBound)))"
  }

  /// As metrics, under names of their own: `loss` is the value of a loss function.
  package var value: Value {
    [
      "degradation": .double(amount),
      "degradation-interval": [.double(interval.lowerBound), .double(interval.upperBound)],
    ]
  }
}
