/// What the turns of one tool gave, or why there is nothing more.
struct Series: Hashable, Sendable {
  private(set) var measurements: [Measurement] = []
  /// The turn that ended the series before its time.
  private(set) var shortfall: Outcome?

  mutating func add(_ outcome: Outcome) {
    if case .finished(let measurement) = outcome {
      measurements.append(measurement)
    } else {
      shortfall = outcome
    }
  }

  var wall: Spread? { Spread(measurements.map(\.wall)) }
  var processor: Spread? { Spread(measurements.map(\.processor)) }
  var peakMemory: Int? { measurements.map(\.peakMemory).max() }
}
