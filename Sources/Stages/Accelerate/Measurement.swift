package import Deployment
package import YAML

/// What is known about a candidate once it ran.
package struct Measurement: Hashable, Sendable {
  package var candidate: Candidate
  package var timing: TimingStatistics
  /// The figure that the floor is about: accuracy, or the determination (R²) of a regression.
  package var quality: Double
  /// What of it is lost against the trained model.
  package var loss: QualityLoss
  /// Bytes that the deployed files of the candidate have.
  package var size: Int
  /// Bytes of memory that loading and running it added at the peak.
  package var peakMemory: Int
  /// Why the candidate may not win, where that is so.
  package var objection: String?

  package var value: Value {
    var value = candidate.value.merging(timing.value).merging(loss.value)
    value["name"] = .string(candidate.description)
    value["quality"] = .double(quality)
    value["bytes"] = .int(size)
    value["peak-memory"] = .int(peakMemory)
    value["objection"] = objection.map { .string($0) }
    return value
  }
}
