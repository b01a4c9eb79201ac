internal import Glibc
internal import Pipeline
internal import YAML

/// The tree-structured Parzen estimator: tries where good trials are denser than the others (Bergstra,
/// Bardenet, Bengio and Kégl 2011, section 4), with kernels over all settings together.
struct ParzenPoints: PointSource {
  let spec: SearchSpec

  /// Trials by chance before results count.
  static let startup = 10
  /// The share of trials that are good, and the most of them.
  static let goodShare = 0.1
  static let mostGood = 25
  /// How many points are drawn where good trials are dense, of which one is tried.
  static let candidates = 24

  func point(number: Int, after points: [SearchPoint], results: [Trial]) -> SearchPoint? {
    let chance = RandomPoints(spec: spec)
    guard number > Self.startup, results.count > 1 else {
      return chance.point(number: number, after: points, results: [])
    }
    let ordered = TrialRanking(spec).ordered(results)
    let count = min(
      max(Int((Self.goodShare * Double(ordered.count)).rounded(.up)), 1), Self.mostGood)
    let good = ParzenEstimator(ordered.prefix(count).map(\.point), spec.parameters)
    let others = ParzenEstimator(ordered.dropFirst(count).map(\.point), spec.parameters)
    let tried = Set(points)
    var best: (point: SearchPoint, ratio: Double)?
    var stream = SearchChance(seed: spec.seed, trial: number, "parzen")
    for _ in 0..<Self.candidates {
      let point = good.drawn(&stream)
      let ratio = good.logDensity(point) - others.logDensity(point)
      if !tried.contains(point), ratio > best?.ratio ?? -.infinity { best = (point, ratio) }
    }
    return best?.point ?? chance.point(number: number, after: points, results: [])
  }
}

/// A density over points: one component for each observation, a product of kernels over the settings, and a
/// uniform one.
struct ParzenEstimator {
  private let observations: [SearchPoint]
  private let parameters: [SearchParameter]
  private let width: Double

  /// What chooses the observed value of a setting with choices, beside a draw from all.
  private static let sameShare = 0.8
  private static let leastWidth = 0.01

  init(_ observations: [SearchPoint], _ parameters: [SearchParameter]) {
    self.observations = observations
    self.parameters = parameters
    // Scott's rule, from the standard deviation that a fifth of the range is taken for.
    let count = Double(max(observations.count, 1))
    width = max(0.2 * pow(count, -1 / Double(parameters.count + 4)), Self.leastWidth)
  }

  func drawn(_ chance: inout SearchChance) -> SearchPoint {
    let index = chance.index(below: observations.count + 1)
    let center = index < observations.count ? observations[index] : nil
    return parameters.point { parameter in
      guard let observed = center?[parameter.path] else { return parameter.domain.drawn(&chance) }
      switch parameter.domain {
      case .choices:
        return chance.uniform() < Self.sameShare ? observed : parameter.domain.drawn(&chance)
      case .numbers(let numbers):
        let scale = UnitScale(numbers)
        let place = scale.place(of: observed)
        // What lies outside is drawn again; from within, at least about half of the draws are inside.
        while true {
          let drawn = place + width * chance.normal()
          if (0...1).contains(drawn) { return scale.value(at: drawn) }
        }
      }
    }
  }

  /// The logarithm of the density at a point, over the settings that are active there.
  func logDensity(_ point: SearchPoint) -> Double {
    var terms = [parameters.reduce(0) { $0 + (point[$1.path] == nil ? 0 : uniform($1.domain)) }]
    for observation in observations {
      terms.append(
        parameters.reduce(0) { sum, parameter in
          guard let value = point[parameter.path] else { return sum }
          return sum + kernel(value, around: observation[parameter.path], parameter.domain)
        })
    }
    let most = terms.max() ?? 0
    return most + log(terms.reduce(0) { $0 + exp($1 - most) } / Double(terms.count))
  }

  private func uniform(_ domain: SearchDomain) -> Double {
    if case .choices(let choices) = domain { -log(Double(choices.count)) } else { 0 }
  }

  private func kernel(_ value: Value, around observed: Value?, _ domain: SearchDomain) -> Double {
    guard let observed else { return uniform(domain) }
    switch domain {
    case .choices(let choices):
      let other = (1 - Self.sameShare) / Double(choices.count)
      return log(value == observed ? Self.sameShare + other : other)
    case .numbers(let numbers):
      let scale = UnitScale(numbers)
      let (place, center) = (scale.place(of: value), scale.place(of: observed))
      let distance = (place - center) / width
      let inside = Self.normalShare((1 - center) / width) - Self.normalShare(-center / width)
      return -0.5 * distance * distance - log(width * (2 * .pi).squareRoot()) - log(inside)
    }
  }

  /// The share of a standard normal distribution below a number.
  private static func normalShare(_ number: Double) -> Double {
    0.5 * erfc(-number / 2.0.squareRoot())
  }
}
