internal import Diagnostics
internal import YAML

/// How the values of one row are brought to a scale by figures of the row itself.
package enum RowMethod: Hashable, Sendable {
  /// From the least to the greatest value of the row.
  case minMax(low: Double, high: Double)

  /// By mean and population deviation of the row.
  case zScore

  /// By median and the distance of two quantiles, each where it is asked for.
  case robust(isCentered: Bool, quantiles: ClosedRange<Double>?)
  case maxAbs

  /// Divides by the sum of the magnitudes, or by the root of the sum of the squares, or by `least`
  /// where that is more.
  case l1(least: Double)
  case l2(least: Double)

  /// Maps the values of a row; what is NaN stays and counts nowhere.
  func apply(to values: inout [Float]) {
    let present = values.filter { !$0.isNaN }.map { Double($0) }
    guard !present.isEmpty else { return }
    let (center, scale, base) = map(of: present)
    for index in values.indices {
      values[index] = Float((Double(values[index]) - center) * scale + base)
    }
  }

  /// The map (x - center) · scale + base; what does not vary goes to the base.
  private func map(of values: [Double]) -> (center: Double, scale: Double, base: Double) {
    func reciprocal(_ spread: Double, of width: Double = 1) -> Double {
      spread > 0 && (width / spread).isFinite ? width / spread : width
    }
    switch self {
    case .minMax(let low, let high):
      let least = values.min() ?? 0
      return (least, reciprocal((values.max() ?? 0) - least, of: high - low), low)
    case .zScore:
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let varies = values.contains { $0 != values[0] }
      let deviation = varies ? (squares / Double(values.count)).squareRoot() : 0
      return (mean, reciprocal(deviation), 0)
    case .robust(let isCentered, let quantiles):
      let order = values.sorted()
      let spread = quantiles.map { order.quantile($0.upperBound) - order.quantile($0.lowerBound) }
      return (isCentered ? order.quantile(0.5) : 0, spread.map { reciprocal($0) } ?? 1, 0)
    case .maxAbs:
      return (0, reciprocal(values.reduce(0) { max($0, abs($1)) }), 0)
    case .l1(let least):
      return (0, 1 / max(values.reduce(0) { $0 + abs($1) }, least), 0)
    case .l2(let least):
      return (0, 1 / max(values.reduce(0) { $0 + $1 * $1 }.squareRoot(), least), 0)
    }
  }
}

extension [Double] {
  /// The quantile of sorted values by linear interpolation (Hyndman and Fan 1996, type 7).
  fileprivate func quantile(_ share: Double) -> Double {
    let place = share * Double(count - 1)
    let low = Int(place.rounded(.down))
    let high = Swift.min(low + 1, count - 1)
    return self[low] + (self[high] - self[low]) * (place - Double(low))
  }
}

extension RowMethod {
  var value: Value {
    switch self {
    case .minMax(let low, let high):
      ["method": "min-max", "low": .double(low), "high": .double(high)]
    case .zScore: ["method": "z-score"]
    case .robust(let isCentered, let quantiles):
      [
        "method": "robust", "center": .bool(isCentered),
        "quantiles": quantiles.map { [.double($0.lowerBound), .double($0.upperBound)] } ?? .null,
      ]
    case .maxAbs: ["method": "max-abs"]
    case .l1(let least): ["method": "l1", "least": .double(least)]
    case .l2(let least): ["method": "l2", "least": .double(least)]
    }
  }

  init(_ reader: MemberReader) throws(Diagnostic) {
    switch try reader.string("method") {
    case "min-max":
      let (low, high) = (try reader.number("low"), try reader.number("high"))
      guard low.isFinite, high.isFinite, low < high else {
        throw reader.problem("low", "is not below 'high'")
      }
      self = .minMax(low: low, high: high)
    case "z-score": self = .zScore
    case "robust":
      var quantiles: ClosedRange<Double>?
      if reader.object["quantiles"]?.isNull == false {
        let ends = try reader.finiteNumbers("quantiles", count: 2)
        guard 0 <= ends[0], ends[0] < ends[1], ends[1] <= 1 else {
          throw reader.problem("quantiles", "are not in order within 0 and 1")
        }
        quantiles = ends[0]...ends[1]
      }
      self = .robust(isCentered: try reader.bool("center"), quantiles: quantiles)
    case "max-abs": self = .maxAbs
    case "l1": self = .l1(least: try reader.leastNorm())
    case "l2": self = .l2(least: try reader.leastNorm())
    case let other: throw reader.problem("method", "is '\(other)', which is not known")
    }
  }
}

extension MemberReader {
  fileprivate func leastNorm() throws(Diagnostic) -> Double {
    let least = try number("least")
    guard least > 0, least.isFinite else { throw problem("least", "is not above 0") }
    return least
  }
}
