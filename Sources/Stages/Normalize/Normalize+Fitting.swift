internal import Dataset
internal import Options
internal import Tensor

extension Normalize.Method {
  /// What the training split has to tell for a scale.
  struct Figures {
    var moments: RowMoments

    /// The values at the quantiles that the method asks for.
    var quantiles: [Double] = []
  }

  /// A map x' = (x - center) · scale + base.
  struct Fitted {
    var center: Double
    var scale: Double
    var base: Double
  }

  /// The quantiles that have to be known.
  var quantiles: [Double] {
    if case .robust(let settings) = self { return settings.shares }
    return []
  }

  /// The map for values of these figures; without any it changes nothing.
  func fit(_ figures: Figures) -> Fitted {
    let moments = figures.moments
    guard moments.count > 0 else { return Fitted(center: 0, scale: 1, base: 0) }
    func reciprocal(_ spread: Double, of width: Double = 1) -> Double {
      spread > 0 && (width / spread).isFinite ? width / spread : width
    }
    func scaling(_ center: Double, _ scale: Double, _ base: Double = 0) -> Fitted {
      Fitted(center: center, scale: scale, base: base)
    }
    switch self {
    case .minMax(let settings):
      let width = settings.high - settings.low
      let range = moments.greatest - moments.least
      return scaling(moments.least, reciprocal(range, of: width), settings.low)
    case .zScore:
      return scaling(moments.mean, reciprocal(moments.deviation))
    case .robust(let settings):
      let quantiles = figures.quantiles
      let center = settings.isCentered ? quantiles[0] : 0
      return scaling(center, settings.isScaled ? reciprocal(quantiles[2] - quantiles[1]) : 1)
    case .maxAbs:
      return scaling(0, reciprocal(max(abs(moments.least), abs(moments.greatest))))
    case .l1(let settings):
      return scaling(0, 1 / max(moments.magnitude, settings.epsilon))
    case .l2(let settings):
      return scaling(0, 1 / max(moments.norm, settings.epsilon))
    case .constants:
      preconditionFailure("constants are not fitted")
    }
  }

  /// The same by figures of each row.
  var rowMethod: RowMethod? {
    switch self {
    case .minMax(let settings): .minMax(low: settings.low, high: settings.high)
    case .zScore: .zScore
    case .robust(let settings):
      .robust(
        isCentered: settings.isCentered,
        quantiles: settings.isScaled
          ? settings.quantiles[0].double...settings.quantiles[1].double : nil)
    case .maxAbs: .maxAbs
    case .l1(let settings): .l1(least: settings.epsilon)
    case .l2(let settings): .l2(least: settings.epsilon)
    case .constants: nil
    }
  }
}
