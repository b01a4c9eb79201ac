internal import Deployment
internal import Hardware

/// Picks what is deployed among what was measured.
///
/// A quantised model is deployed as it is, however fast real numbers run.
struct WinnerSelection {
  let goal: Accelerate.Goal
  let isQuantized: Bool

  /// The best candidate that nothing speaks against, or nil where the trained model is best left as it
  /// is.
  ///
  /// Candidates whose intervals of the median overlap with the fastest one's are as fast as it as
  /// far as can be told; of those the smallest is taken. One that is not surely faster than the
  /// trained model is taken only for its size, or because the model is quantised.
  ///
  /// - Parameter baseline: The trained model untouched.
  func winner(_ measurements: [Measurement], beside baseline: Measurement) -> Measurement? {
    let able = measurements.filter(isAble)
    if goal == .size {
      let smallest = best(1, of: able).first
      return smallest.flatMap { isQuantized || $0.size < baseline.size ? $0 : nil }
    }
    let faster = able.filter { isQuantized || upperCost($0) < lowerCost(baseline) }
    guard let fastest = faster.min(by: { cost($0) < cost($1) }) else { return nil }
    let limit = upperCost(fastest)
    return faster.filter { lowerCost($0) <= limit }
      .min { ($0.size, cost($0)) < ($1.size, cost($1)) }
  }

  /// The first so many of what may be deployed, by what the goal asks for.
  func best(_ count: Int, of measurements: [Measurement]) -> [Measurement] {
    let able = measurements.filter(isAble)
    let sorted =
      goal == .size
      ? able.sorted { ($0.size, cost($0)) < ($1.size, cost($1)) }
      : able.sorted { $0.timing.throughput > $1.timing.throughput }
    return Array(sorted.prefix(count))
  }

  /// Whether the candidate keeps the floor and computes what is to be deployed.
  private func isAble(_ measurement: Measurement) -> Bool {
    measurement.objection == nil && isDeployed(measurement.candidate)
  }

  /// Whether a candidate computes the numbers that are to be deployed.
  func isDeployed(_ candidate: Candidate) -> Bool {
    isQuantized == (candidate.precision == .int8)
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
