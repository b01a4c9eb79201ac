package import Options

extension Normalize {
  /// How values are scaled.
  package enum Method: Choice {
    case minMax(MinMax)
    case zScore(Scaling)
    case maxAbs(Scaling)

    package static let title = "Normalisation"
    package static let summary =
      "Scales are fitted on the training split alone. Category features stay as they are."

    package static var cases: [Case<Self>] {
      Case(
        "min-max", MinMax.self, Self.minMax,
        "Take the least value to one end of a range and the greatest to the other.")
      Case(
        "z-score", Scaling.self, Self.zScore,
        "Subtract the mean and divide by the population's standard deviation.")
      Case(
        "max-abs", Scaling.self, Self.maxAbs,
        "Divide by the largest magnitude, so that zero stays zero.")
    }

    package var payload: (any OptionValue)? {
      switch self {
      case .minMax(let settings): settings
      case .zScore(let settings), .maxAbs(let settings): settings
      }
    }

    /// The case's name in the file.
    var name: String {
      switch self {
      case .minMax: "min-max"
      case .zScore: "z-score"
      case .maxAbs: "max-abs"
      }
    }

    /// What shares a scale.
    var scope: Scope {
      switch self {
      case .minMax(let settings): settings.per
      case .zScore(let settings), .maxAbs(let settings): settings.per
      }
    }

    var beyond: Beyond {
      switch self {
      case .minMax(let settings): settings.outOfRange
      case .zScore(let settings), .maxAbs(let settings): settings.outOfRange
      }
    }

    /// Where results start: x' = (x - center) · scale + base.
    var base: Double {
      switch self {
      case .minMax(let settings): settings.low
      case .zScore, .maxAbs: 0
      }
    }

    /// The center and the scale for values of these figures.
    func fit(_ moments: Moments) -> (center: Double, scale: Double) {
      guard moments.count > 0 else { return (0, 1) }
      func reciprocal(_ spread: Double, of width: Double = 1) -> Double {
        spread > 0 && (width / spread).isFinite ? width / spread : width
      }
      switch self {
      case .minMax(let settings):
        let width = settings.high - settings.low
        return (moments.least, reciprocal(moments.greatest - moments.least, of: width))
      case .zScore:
        return (moments.mean, reciprocal(moments.deviation))
      case .maxAbs:
        return (0, reciprocal(max(abs(moments.least), abs(moments.greatest))))
      }
    }
  }
}

extension Normalize {
  /// What every method has to know.
  package struct Scaling: Options {
    package var per = Scope.channel
    package var outOfRange = Beyond.keep

    package init() {}

    package static let title = "Scale"

    package static var fields: [Field<Self>] {
      option("per", \.per, "What shares a scale.")
      option("out-of-range", \.outOfRange, "What becomes of values beyond the training split's.")
    }
  }
}
