/// Which trials are better than others: those within all bounds before those outside, then by the goals.
package struct TrialRanking: Sendable {
  private let spec: SearchSpec

  package init(_ spec: SearchSpec) {
    self.spec = spec
  }

  /// The goals' figures with signs by which less is better; nil where one is missing or no number.
  package func costs(of trial: Trial) -> [Double]? {
    guard trial.state == .complete else { return nil }
    var costs: [Double] = []
    for goal in spec.goals {
      guard let figure = trial.figures[goal.metric], !figure.isNaN else { return nil }
      costs.append(goal.isMaximized ? -figure : figure)
    }
    return costs
  }

  /// How far a trial is outside of the bounds, in shares of each; 0 where it is within all.
  package func violation(of trial: Trial) -> Double {
    spec.bounds.reduce(0) { $0 + $1.violation(trial.figures[$1.metric] ?? .nan) }
  }

  package func isFeasible(_ trial: Trial) -> Bool {
    costs(of: trial) != nil && violation(of: trial) == 0
  }

  /// The feasible trials that no other is better than in every goal, by their numbers; of equal ones the first.
  package func front(of trials: [Trial]) -> [Trial] {
    let feasible = trials.filter(isFeasible)
    return Self.fronts(feasible.map { costs(of: $0) ?? [] }).first?.map { feasible[$0] } ?? []
  }

  /// The best feasible trial by the single goal, the first among equals; nil where there are several goals.
  package func best(of trials: [Trial]) -> Trial? {
    guard spec.goals.count == 1 else { return nil }
    return front(of: trials).first
  }

  /// The trials from the best to the worst; those that failed come last, in their order.
  package func ordered(_ trials: [Trial]) -> [Trial] {
    let done = trials.filter { costs(of: $0) != nil }
    let rest = trials.filter { costs(of: $0) == nil }
    let feasible = done.filter { violation(of: $0) == 0 }
    let outside = done.filter { violation(of: $0) > 0 }.sorted {
      (violation(of: $0), $0.number) < (violation(of: $1), $1.number)
    }
    let feasibleCosts = feasible.map { costs(of: $0) ?? [] }
    let inside = Self.fronts(feasibleCosts).flatMap { front -> [Trial] in
      let distances = Self.crowding(front.map { feasibleCosts[$0] })
      let order = front.indices.sorted { left, right in
        distances[left] != distances[right]
          ? distances[left] > distances[right] : front[left] < front[right]
      }
      return order.map { feasible[front[$0]] }
    }
    return inside + outside + rest
  }

  /// The positions of points by fronts: of each front none is better than another in every cost (Deb et
  /// al. 2002). Of equal points the later ones count as worse.
  static func fronts(_ costs: [[Double]]) -> [[Int]] {
    if costs.allSatisfy({ $0.count == 1 }) {
      return costs.indices.sorted { (costs[$0][0], $0) < (costs[$1][0], $1) }.map { [$0] }
    }
    var left = Array(costs.indices)
    var fronts: [[Int]] = []
    while !left.isEmpty {
      let front = left.filter { one in
        !left.contains { other in
          other != one && dominates(costs[other], costs[one], isEarlier: other < one)
        }
      }
      fronts.append(front)
      let taken = Set(front)
      left.removeAll(where: taken.contains)
    }
    return fronts
  }

  private static func dominates(_ one: [Double], _ other: [Double], isEarlier: Bool) -> Bool {
    guard zip(one, other).allSatisfy({ $0 <= $1 }) else { return false }
    return one != other || isEarlier
  }

  /// How far the neighbours of each point of a front are apart in every cost; the ends are infinitely far.
  private static func crowding(_ costs: [[Double]]) -> [Double] {
    var distances = Array(repeating: 0.0, count: costs.count)
    for goal in (costs.first ?? []).indices {
      let order = costs.indices.sorted { (costs[$0][goal], $0) < (costs[$1][goal], $1) }
      guard let first = order.first, let last = order.last else { continue }
      let span = costs[last][goal] - costs[first][goal]
      (distances[first], distances[last]) = (.infinity, .infinity)
      guard span > 0, order.count > 2 else { continue }
      for place in 1..<(order.count - 1) {
        distances[order[place]] +=
          (costs[order[place + 1]][goal] - costs[order[place - 1]][goal]) / span
      }
    }
    return distances
  }
}
