internal import Pipeline
internal import YAML

/// Suggests the points of trials.
///
/// What it suggests is a function of the search, the trial's number, the points of the trials before it and
/// the results that it is given.
protocol PointSource: Sendable {
  /// The point for a trial, or nil where nothing is left that was not tried.
  ///
  /// - Parameters:
  ///   - number: the trial's, from 1.
  ///   - points: those of the trials before it.
  ///   - results: trials that have ended, in the order of their numbers.
  func point(number: Int, after points: [SearchPoint], results: [Trial]) -> SearchPoint?
}

/// Each trial by chance, as the settings are wide.
struct RandomPoints: PointSource {
  let spec: SearchSpec

  /// How often chance is asked again for a point that was tried already.
  private static let attempts = 200

  func point(number: Int, after points: [SearchPoint], results: [Trial]) -> SearchPoint? {
    let tried = Set(points)
    for attempt in 0..<Self.attempts {
      let point = point(number: number, attempt: attempt)
      if !tried.contains(point) { return point }
    }
    return nil
  }

  /// Settings are drawn apart from one another, so that one more changes none of the others.
  private func point(number: Int, attempt: Int) -> SearchPoint {
    spec.parameters.point { parameter in
      var chance = SearchChance(
        seed: spec.seed, trial: number, "\(parameter.path) \(attempt)")
      return parameter.domain.drawn(&chance)
    }
  }
}

extension SearchDomain {
  func drawn(_ chance: inout SearchChance) -> Value {
    switch self {
    case .choices(let choices): choices[chance.index(below: choices.count)]
    case .numbers(let numbers): UnitScale(numbers).value(at: chance.uniform())
    }
  }

  /// The values that a grid takes.
  var gridValues: [Value] {
    switch self {
    case .choices(let choices): return choices
    case .numbers(let numbers):
      let scale = UnitScale(numbers)
      if let points = numbers.points, points < numbers.count ?? .max { return scale.values(points) }
      return scale.all ?? scale.values(2)
    }
  }
}

/// Every combination, the last setting fastest.
struct GridPoints: PointSource {
  private let points: [SearchPoint]

  init(_ spec: SearchSpec) {
    var points = [SearchPoint()]
    for parameter in spec.parameters {
      points = points.flatMap { point -> [SearchPoint] in
        guard parameter.isActive({ point[$0] }) else { return [point] }
        return parameter.domain.gridValues.map { value in
          var more = point
          more[parameter.path] = value
          return more
        }
      }
    }
    self.points = points
  }

  var count: Int { points.count }

  func point(number: Int, after points: [SearchPoint], results: [Trial]) -> SearchPoint? {
    number <= self.points.count ? self.points[number - 1] : nil
  }
}
