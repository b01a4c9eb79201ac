internal import Foundation

/// How a time grows with a size.
enum Growth {
  /// The `p` of the power law `time = c * size^p` that lies nearest by least squares of the
  /// logarithms: 1 is linear, 2 quadratic.
  ///
  /// - Returns: `nil` for fewer than two different sizes, or where a number is not above zero.
  static func exponent(_ points: [(size: Double, time: Double)]) -> Double? {
    guard points.count > 1, points.allSatisfy({ $0.size > 0 && $0.time > 0 }) else { return nil }
    let sizes = points.map { log($0.size) }
    let times = points.map { log($0.time) }
    let count = Double(points.count)
    let meanSize = sizes.reduce(0, +) / count
    let meanTime = times.reduce(0, +) / count
    let spread = sizes.reduce(0) { $0 + ($1 - meanSize) * ($1 - meanSize) }
    guard spread > 0 else { return nil }
    let shared = zip(sizes, times).reduce(0) { $0 + ($1.0 - meanSize) * ($1.1 - meanTime) }
    return shared / spread
  }
}
