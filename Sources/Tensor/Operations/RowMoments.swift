internal import CTensor

/// Figures of values that share them, gathered in float64; what is NaN counts nowhere.
package struct RowMoments: Sendable {
  var native = anneal_moments(
    count: 0, mean: 0, squares: 0, least: .infinity, greatest: -.infinity, magnitude: 0)

  package init() {}

  package var count: Int { Int(native.count) }
  package var mean: Double { native.mean }
  package var least: Double { native.least }
  package var greatest: Double { native.greatest }

  /// The sum of the magnitudes.
  package var magnitude: Double { native.magnitude }

  /// The root of the sum of the squares.
  package var norm: Double {
    (native.squares + native.count * native.mean * native.mean).squareRoot()
  }

  /// The population's standard deviation; 0 where all values are the same, whatever the rounding.
  package var deviation: Double {
    native.least < native.greatest ? (native.squares / native.count).squareRoot() : 0
  }
}
