internal import Options

extension Clean {
  /// How values between known ones are found.
  package enum Interpolation: String, NamedOption {
    case linear
    case nearest

    package var summary: String {
      switch self {
      case .linear: "On the line between the nearest known values; at the ends, the nearest one."
      case .nearest: "The nearest known value, the earlier of two."
      }
    }
  }
}
