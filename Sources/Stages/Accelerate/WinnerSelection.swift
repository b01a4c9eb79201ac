/// Picks the winner among what was measured.
struct WinnerSelection {
  let goal: Accelerate.Goal
  /// The model as it came in.
  let baseline: Measurement

  /// The best candidate that nothing speaks against, or nil where none beats the baseline.
  ///
  /// Candidates whose intervals of the median overlap with the fastest one's are as fast as it as
  /// far as can be told; of those the smallest is taken. For size, smaller wins, then faster, and
  /// nothing slower than the baseline is taken.
  func winner(_ measurements: [Measurement]) -> Measurement? {
    let able = measurements.filter { $0.objection == nil && isFasterThanBaseline($0) }
    if goal == .size {
      return able.filter { $0.size < baseline.size }.min {
        ($0.size, cost($0)) < ($1.size, cost($1))
      }
    }
    guard let fastest = able.min(by: { cost($0) < cost($1) }) else { return nil }
    let limit = upperCost(fastest)
    return able.filter { lowerCost($0) <= limit }.min { ($0.size, cost($0)) < ($1.size, cost($1)) }
  }

  /// Whether the whole interval lies below the baseline's.
  private func isFasterThanBaseline(_ measurement: Measurement) -> Bool {
    upperCost(measurement) < lowerCost(baseline)
  }

  /// Seconds for a batch, or for a row where batches run side by side.
  private func cost(_ measurement: Measurement) -> Double {
    scaled(measurement, measurement.timing.median)
  }

  private func lowerCost(_ measurement: Measurement) -> Double {
    scaled(measurement, measurement.timing.medianInterval.lowerBound)
  }

  private func upperCost(_ measurement: Measurement) -> Double {
    scaled(measurement, measurement.timing.medianInterval.upperBound)
  }

  private func scaled(_ measurement: Measurement, _ seconds: Double) -> Double {
    goal == .throughput ? seconds / Double(measurement.timing.rows) : seconds
  }
}
