extension RandomStream {
  /// A number in 0..<1 with 53 random bits.
  package mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  package mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A number whose logarithm is uniform, of a range above 0.
  package mutating func logUniform(in range: ClosedRange<Double>) -> Double {
    let low = PortableMath.log(range.lowerBound)
    return PortableMath.exp(low + (PortableMath.log(range.upperBound) - low) * uniform())
  }

  /// True with `probability`.
  package mutating func bernoulli(_ probability: Double) -> Bool {
    uniform() < probability
  }

  /// An integer in 0..<bound without bias (Lemire 2019).
  package mutating func bounded(_ bound: Int) -> Int {
    precondition(bound > 0, "a bound is positive")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  package mutating func bounded(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + bounded(range.count)
  }

  /// A normally distributed number.
  package mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
    let fraction = (Double(next() >> 12) + 0.5) * 0x1p-52
    return mean + deviation * NormalQuantile.value(at: fraction)
  }

  /// A number with density ∝ x^(shape - 1) exp(-x) (Marsaglia and Tsang 2000).
  package mutating func gamma(_ shape: Double) -> Double {
    precondition(shape > 0, "a gamma distribution's shape is positive")
    if shape < 1 {
      let boost = PortableMath.exp(PortableMath.log(1 - uniform()) / shape)
      return gamma(shape + 1) * boost
    }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let base = 1 + c * x
      guard base > 0 else { continue }
      let v = base * base * base
      let bound = 0.5 * x * x + d - d * v + d * PortableMath.log(v)
      if PortableMath.log(1 - uniform()) < bound { return d * v }
    }
  }

  /// A number with density ∝ x^(a - 1) (1 - x)^(b - 1), from two gamma distributed ones.
  package mutating func beta(_ a: Double, _ b: Double) -> Double {
    let (x, y) = (gamma(a), gamma(b))
    return x + y > 0 ? x / (x + y) : 0.5
  }

  /// Puts the elements in a random order (Fisher and Yates).
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, bounded(last + 1))
    }
  }

  /// The numbers 0..<count in a random order.
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// The same in half the memory, of less than 2³² numbers; here because `shuffle` is only compiled for a list of
  /// this kind in its own module, and takes many times as long from others.
  package mutating func compactPermutation(_ count: Int) -> [UInt32] {
    var order = Array(0..<UInt32(count))
    shuffle(&order)
    return order
  }
}
