/// How a missing value is made of those around it, in a list whose order means something.
package enum GapRule: String, Sendable, CaseIterable {
  /// The last value before.
  case forward
  /// The next value after.
  case backward
  /// On the line between both.
  case linear
  /// The nearer of both, the earlier of two that are equally near.
  case nearest
  /// On the cubic spline through all values whose third derivative is continuous at the second and
  /// the last but one.
  case spline
  /// On the cubic spline through all values that ends without curvature.
  case naturalSpline

  /// Fills what is NaN. Before the first value and after the last one all but the first two rules
  /// repeat it; what a rule cannot fill stays.
  package func fill(_ values: inout [Float]) {
    let known = values.indices.filter { !values[$0].isNaN }
    guard let first = known.first, let last = known.last, known.count < values.count else { return }
    if self != .forward {
      for index in 0..<first { values[index] = values[first] }
    }
    if self != .backward {
      for index in values.indices.dropFirst(last + 1) { values[index] = values[last] }
    }
    switch self {
    case .spline, .naturalSpline:
      let curve = CubicSpline(
        known.map(Double.init), known.map { Double(values[$0]) }, isNatural: self == .naturalSpline)
      for (piece, (start, end)) in zip(known, known.dropFirst()).enumerated() {
        for index in start..<end where index > start {
          values[index] = Float(curve.value(at: Double(index), piece: piece))
        }
      }
    default:
      for (start, end) in zip(known, known.dropFirst()) {
        for index in start..<end where index > start {
          values[index] = between(values[start], values[end], index - start, of: end - start)
        }
      }
    }
  }

  private func between(_ before: Float, _ after: Float, _ step: Int, of steps: Int) -> Float {
    switch self {
    case .forward: return before
    case .backward: return after
    case .nearest: return 2 * step <= steps ? before : after
    default:
      let share = Double(step) / Double(steps)
      return Float(Double(before) + (Double(after) - Double(before)) * share)
    }
  }
}
