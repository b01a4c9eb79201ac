package import Options

extension Clean {
  /// What stands in for a missing value.
  package enum Filling: Choice {
    case mean
    case median
    case mode
    case forward
    case backward
    case constant(Constant)

    package static let title = "Filling"
    package static let shorthand: String? = "constant"

    package static var cases: [Case<Self>] {
      Case("mean", .mean, "The mean of the column in the training split.")
      Case("median", .median, "The median of the column in the training split.")
      Case("mode", .mode, "The most frequent value in the training split, the least of several.")
      Case("forward", .forward, "The last value before, within the split.")
      Case("backward", .backward, "The next value after, within the split.")
      Case(
        "constant", Constant.self, Self.constant, "A value of your own.")
    }

    package var payload: (any OptionValue)? {
      switch self {
      case .constant(let constant): constant
      case .mean, .median, .mode, .forward, .backward: nil
      }
    }
  }
}
