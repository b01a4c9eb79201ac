package import Pipeline

/// A search without the pipeline that it is about: what is varied, what is good, how to choose.
package struct SearchSpec: Sendable {
  package enum Method: Hashable, Sendable {
    case grid, random, treeParzen
    /// The epochs at which trials are compared, and how many are compared for each that goes on.
    case successiveHalving(rungs: [Int], factor: Int, isMaximized: Bool)
  }

  /// What a metric has to come to.
  package struct Bound: Hashable, Sendable {
    package let metric: String
    package let limit: Double
    package let isFloor: Bool

    package init(metric: String, limit: Double, isFloor: Bool) {
      self.metric = metric
      self.limit = limit
      self.isFloor = isFloor
    }

    /// How far a figure is outside, in shares of the bound; 0 within.
    func violation(_ figure: Double) -> Double {
      let miss = isFloor ? limit - figure : figure - limit
      return miss.isNaN ? .infinity : max(miss, 0) / max(limit.magnitude, 1e-12)
    }
  }

  package struct Goal: Hashable, Sendable {
    package let metric: String
    package let isMaximized: Bool

    package init(metric: String, isMaximized: Bool) {
      self.metric = metric
      self.isMaximized = isMaximized
    }
  }

  package var parameters: [SearchParameter]
  package var goals: [Goal]
  package var bounds: [Bound]
  package var method: Method
  package var trials: Int?
  package var ahead: Int
  package var patience: Int?
  package var target: Double?
  package var seed: Int

  package init(
    parameters: [SearchParameter], goals: [Goal], bounds: [Bound] = [], method: Method,
    trials: Int? = nil, ahead: Int = 4, patience: Int? = nil, target: Double? = nil, seed: Int
  ) {
    self.parameters = parameters
    self.goals = goals
    self.bounds = bounds
    self.method = method
    self.trials = trials
    self.ahead = ahead
    self.patience = patience
    self.target = target
    self.seed = seed
  }

  static let usualTrials = 20

  /// Whether what is tried next, or whether anything is, depends on results.
  package var looksAtResults: Bool {
    if patience != nil || target != nil { return true }
    switch method {
    case .grid, .random: return false
    case .treeParzen, .successiveHalving: return true
    }
  }
}
