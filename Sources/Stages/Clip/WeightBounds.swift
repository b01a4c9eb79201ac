package import Options

/// The limits that a layer's weights are clipped to.
package enum WeightBounds: Choice, Hashable {
  /// The same two limits for every layer.
  case bounds(WeightRange)
  /// Plus and minus the value below which this percentage of the absolute weights lies.
  case percentile(Double)
  /// The mean plus and minus so many standard deviations.
  case sigma(Double)
  /// For each channel the limit with the least squared error when it is rounded to so many bits.
  case mse(Int)

  package static let title = "weights"
  package static let summary = "The limits that a layer's weights are clipped to."
  package static let shorthand: String? = "bounds"

  package static var cases: [Case<Self>] {
    Case(
      "bounds", WeightRange.self, Self.bounds,
      "Two limits, such as [-0.5, 0.5].")
    Case(
      "percentile", Double.self, Self.percentile,
      "Plus and minus the value below which this percentage of the absolute weights lies.")
    Case(
      "sigma", Double.self, Self.sigma,
      "The mean plus and minus so many standard deviations.")
    Case(
      "mse", Int.self, Self.mse,
      "For each channel the limit that suits rounding to so many bits best.")
  }

  package var payload: (any OptionValue)? {
    switch self {
    case .bounds(let range): range
    case .percentile(let number), .sigma(let number): number
    case .mse(let bits): bits
    }
  }

  /// What is wrong with the number, as a fact and a remedy.
  var problem: (fact: String, remedy: String)? {
    switch self {
    case .bounds: nil
    case .percentile(let number) where number >= 100:
      ("the percentile \(number) keeps every weight as it is", "use less than 100, such as 99.9")
    case .percentile(let number) where !(number >= 50):
      ("the percentile \(number) would clip most weights", "use 50 to 100, such as 99.9")
    case .sigma(let count) where !(count > 0 && count.isFinite):
      ("there are no limits \(count) deviations from the mean", "use more than 0, such as 3")
    case .mse(let bits) where !(2...8).contains(bits):
      ("weights cannot be rounded to \(bits) bits", "use 2 to 8")
    case .percentile, .sigma, .mse: nil
    }
  }
}
