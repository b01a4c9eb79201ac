internal import Dataset
internal import Options

extension Clean {
  /// How values between known ones are found.
  package enum Interpolation: String, NamedOption {
    case linear
    case nearest
    case spline
    case naturalSpline

    package var summary: String {
      switch self {
      case .linear: "On the line between the nearest known values; at the ends, the nearest one."
      case .nearest: "The nearest known value, the earlier of two."
      case .spline:
        "On the cubic spline through the known values, with SciPy's `not-a-knot` ends; beyond them, "
          + "the nearest one."
      case .naturalSpline: "The same with `natural` ends, which have no curvature."
      }
    }

    var rule: GapRule {
      switch self {
      case .linear: .linear
      case .nearest: .nearest
      case .spline: .spline
      case .naturalSpline: .naturalSpline
      }
    }
  }

  /// Along what values are interpolated.
  package enum Along: String, NamedOption {
    case rows
    case columns

    package var summary: String {
      switch self {
      case .rows: "From row to row of a split, for rows whose order means something."
      case .columns:
        "Within each row: from column to column, in a picture across and down, the mean of both. "
          + "New rows are filled the same way."
      }
    }
  }
}
