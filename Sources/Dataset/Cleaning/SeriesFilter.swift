/// A filter that takes noise out of a list of numbers whose order means something.
package enum SeriesFilter: Hashable, Sendable {
  /// The mean, or the median, of a window; what lies beyond the ends is left out of it.
  case mean(size: Int, window: Window)
  case median(size: Int, window: Window)
  /// The value of the polynomial of `degree` that fits a window best in the least squares (Savitzky and
  /// Golay 1964).
  case savitzkyGolay(size: Int, degree: Int, edges: Edges)

  /// Where a window lies about its value.
  package enum Window: String, Sendable, CaseIterable {
    case centered
    case past
  }

  /// What stands beyond the ends of a list.
  package enum Edges: String, Sendable, CaseIterable {
    /// Nothing: the polynomial of the last whole window goes on to the end.
    case interpolated
    /// The list mirrored at its last value, which is not repeated.
    case mirrored
    /// The last value.
    case nearest
    /// The list's other end.
    case wrapped
    case zero
  }

  package var size: Int {
    switch self {
    case .mean(let size, _), .median(let size, _), .savitzkyGolay(let size, _, _): size
    }
  }

  /// The list without its noise. Missing values are left out of windows and stay missing; before a
  /// polynomial is fitted there must be none.
  ///
  /// A list shorter than the window of a polynomial comes back as it is.
  package func apply(to values: [Float]) -> [Float] {
    switch self {
    case .mean(let size, let window):
      return windows(values, size, window) { present in
        Float(present.reduce(0) { $0 + Double($1) } / Double(present.count))
      }
    case .median(let size, let window):
      return windows(values, size, window) { present in
        let sorted = present.sorted()
        let upper = sorted[sorted.count / 2]
        guard sorted.count.isMultiple(of: 2) else { return upper }
        return Float((Double(sorted[sorted.count / 2 - 1]) + Double(upper)) / 2)
      }
    case .savitzkyGolay(let size, let degree, let edges):
      return values.count < size ? values : polynomials(values, size, degree, edges)
    }
  }

  private func windows(
    _ values: [Float], _ size: Int, _ window: Window, _ middle: ([Float]) -> Float
  ) -> [Float] {
    let before = window == .past ? size - 1 : size / 2
    let after = window == .past ? 0 : size / 2
    return values.indices.map { index in
      guard !values[index].isNaN else { return .nan }
      let range = max(0, index - before)...min(values.count - 1, index + after)
      return middle(values[range].filter { !$0.isNaN })
    }
  }

  private func polynomials(
    _ values: [Float], _ size: Int, _ degree: Int, _ edges: Edges
  ) -> [Float] {
    let fit = PolynomialFit(size: size, degree: degree)
    let half = size / 2
    let middle = fit.weights(at: half)
    func dot(_ weights: [Double], _ value: (Int) -> Float) -> Float {
      Float(weights.indices.reduce(0) { $0 + weights[$1] * Double(value($1)) })
    }
    let count = values.count
    return values.indices.map { index in
      let start = index - half
      if start >= 0 && start + size <= count { return dot(middle) { values[start + $0] } }
      guard edges == .interpolated else {
        return dot(middle) { value(at: start + $0, of: values, edges) }
      }
      let first = start < 0 ? 0 : count - size
      return dot(fit.weights(at: index - first)) { values[first + $0] }
    }
  }

  private func value(at index: Int, of values: [Float], _ edges: Edges) -> Float {
    let count = values.count
    switch edges {
    case .nearest, .interpolated: return values[min(max(index, 0), count - 1)]
    case .wrapped: return values[(index % count + count) % count]
    case .zero: return values.indices.contains(index) ? values[index] : 0
    case .mirrored:
      let period = max(1, 2 * (count - 1))
      let place = (index % period + period) % period
      return values[place < count ? place : period - place]
    }
  }
}

/// Polynomials fitted to values at equal distances, as weights of these values.
private struct PolynomialFit {
  /// Polynomials orthogonal on the window's places, each by its values there, of length 1.
  private let basis: [[Double]]

  init(size: Int, degree: Int) {
    let half = Double(size / 2)
    let places = (0..<size).map { (Double($0) - half) / max(half, 1) }
    var basis: [[Double]] = []
    for power in 0...degree {
      var own = power == 0 ? places.map { _ in 1.0 } : zip(basis[power - 1], places).map { $0 * $1 }
      // Twice, because once leaves rounding errors.
      for _ in 0..<2 {
        for other in basis {
          let share = zip(own, other).reduce(0) { $0 + $1.0 * $1.1 }
          for index in own.indices { own[index] -= share * other[index] }
        }
      }
      let length = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      basis.append(own.map { $0 / length })
    }
    self.basis = basis
  }

  /// The weights that give the polynomial's value at a place of the window.
  func weights(at place: Int) -> [Double] {
    basis[0].indices.map { index in basis.reduce(0) { $0 + $1[place] * $1[index] } }
  }
}
