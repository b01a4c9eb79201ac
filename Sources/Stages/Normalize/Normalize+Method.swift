package import Options

extension Normalize {
  /// How values are scaled.
  package enum Method: Choice {
    case minMax(MinMax)
    case zScore(Extent)
    case robust(Robust)
    case maxAbs(Extent)
    case l1(Norm)
    case l2(Norm)
    case constants(Constants)

    package static let title = "Normalisation"
    package static let summary =
      "Scales are fitted on the training split alone. Category features stay as they are, and what is "
      + "missing stays missing."

    package static var cases: [Case<Self>] {
      Case(
        "min-max", MinMax.self, Self.minMax,
        "Take the least value to one end of a range and the greatest to the other.")
      Case(
        "z-score", Extent.self, Self.zScore,
        "Subtract the mean and divide by the population's standard deviation.")
      Case(
        "robust", Robust.self, Self.robust,
        "Subtract the median and divide by the distance of two quartiles, which outliers hardly move."
      )
      Case(
        "max-abs", Extent.self, Self.maxAbs,
        "Divide by the largest magnitude, so that zero stays zero.")
      Case(
        "l1", Norm.self, Self.l1,
        "Divide by the sum of the magnitudes, by default of each row.")
      Case(
        "l2", Norm.self, Self.l2,
        "Divide by the root of the sum of the squares, by default of each row.")
      Case(
        "constants", Constants.self, Self.constants,
        "Subtract a known mean and divide by a known deviation, as a model trained elsewhere expects."
      )
    }

    package var payload: (any OptionValue)? {
      switch self {
      case .minMax(let settings): settings
      case .zScore(let settings), .maxAbs(let settings): settings
      case .robust(let settings): settings
      case .l1(let settings), .l2(let settings): settings
      case .constants(let settings): settings
      }
    }

    /// The case's name in the file.
    var name: String {
      switch self {
      case .minMax: "min-max"
      case .zScore: "z-score"
      case .robust: "robust"
      case .maxAbs: "max-abs"
      case .l1: "l1"
      case .l2: "l2"
      case .constants: "constants"
      }
    }

    /// What every method has to know.
    private var extent: Extent {
      switch self {
      case .minMax(let settings): settings.extent
      case .zScore(let settings), .maxAbs(let settings): settings
      case .robust(let settings): settings.extent
      case .l1(let settings), .l2(let settings): settings.extent
      case .constants(let settings): settings.extent
      }
    }

    /// What shares a scale.
    var scope: Scope { extent.per }
    var beyond: Beyond { extent.outOfRange }

    /// The patterns of the columns and features that the method is for; none for all that others leave.
    var columns: [Pattern] { extent.columns.elements }

    /// Whether rows are written normalised.
    var isMaterialized: Bool { extent.isMaterialized }

    /// Whether the method takes images alone where no columns are named.
    var isForImages: Bool {
      if case .constants(let settings) = self { return settings.set != nil && columns.isEmpty }
      return false
    }
  }
}
