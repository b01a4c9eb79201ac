/// A piecewise cubic curve through points, twice continuously differentiable.
///
/// The slopes at the points solve a tridiagonal system (de Boor 1978, chapter IV); the ends are those of
/// SciPy's `CubicSpline`, `not-a-knot` or `natural`.
struct CubicSpline {
  private let x: [Double]
  private let y: [Double]
  private let slopes: [Double]

  /// - Parameter x: At least one place, ascending.
  init(_ x: [Double], _ y: [Double], isNatural: Bool) {
    self.x = x
    self.y = y
    let steps = zip(x.dropFirst(), x).map { $0 - $1 }
    let rises = steps.indices.map { (y[$0 + 1] - y[$0]) / steps[$0] }
    switch x.count {
    case 1: slopes = [0]
    case 2: slopes = [rises[0], rises[0]]
    case 3 where !isNatural:
      // The parabola through three points.
      let curvature = (rises[1] - rises[0]) / (steps[0] + steps[1])
      slopes = [
        rises[0] - curvature * steps[0], rises[0] + curvature * steps[0],
        rises[1] + curvature * steps[1],
      ]
    default: slopes = Self.slopes(steps, rises, isNatural: isNatural)
    }
  }

  /// The curve between the points `piece` and `piece + 1`.
  func value(at place: Double, piece: Int) -> Double {
    let step = x[piece + 1] - x[piece]
    let t = place - x[piece]
    let rise = (y[piece + 1] - y[piece]) / step
    let (start, end) = (slopes[piece], slopes[piece + 1])
    let square = (3 * rise - 2 * start - end) / step
    let cube = (start + end - 2 * rise) / (step * step)
    return y[piece] + t * (start + t * (square + t * cube))
  }

  /// Gaussian elimination on the system's three diagonals.
  private static func slopes(_ steps: [Double], _ rises: [Double], isNatural: Bool) -> [Double] {
    let last = steps.count
    var (lower, middle, upper) = ([0.0], [0.0], [0.0])
    var right = [0.0]
    if isNatural {
      (middle[0], upper[0], right[0]) = (2, 1, 3 * rises[0])
    } else {
      let span = steps[0] + steps[1]
      (middle[0], upper[0]) = (steps[1], span)
      right[0] =
        ((steps[0] + 2 * span) * steps[1] * rises[0] + steps[0] * steps[0] * rises[1]) / span
    }
    for point in 1..<last {
      lower.append(steps[point])
      middle.append(2 * (steps[point - 1] + steps[point]))
      upper.append(steps[point - 1])
      right.append(3 * (steps[point] * rises[point - 1] + steps[point - 1] * rises[point]))
    }
    if isNatural {
      lower.append(1)
      middle.append(2)
      right.append(3 * rises[last - 1])
    } else {
      let (before, end) = (steps[last - 2], steps[last - 1])
      let span = before + end
      lower.append(span)
      middle.append(before)
      right.append(
        (end * end * rises[last - 2] + (2 * span + end) * before * rises[last - 1]) / span)
    }
    for point in 1...last {
      let factor = lower[point] / middle[point - 1]
      middle[point] -= factor * upper[point - 1]
      right[point] -= factor * right[point - 1]
    }
    var slopes = [Double](repeating: 0, count: last + 1)
    slopes[last] = right[last] / middle[last]
    for point in stride(from: last - 1, through: 0, by: -1) {
      slopes[point] = (right[point] - upper[point] * slopes[point + 1]) / middle[point]
    }
    return slopes
  }
}
