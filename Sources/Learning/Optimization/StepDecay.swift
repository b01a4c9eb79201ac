package import Options
import Glibc

/// A learning rate that falls by a factor every few epochs.
package struct StepDecay: LearningRateRule {
  package static let title = "step"
  package static let summary = "A rate that falls by a factor every few epochs."
  package static let purpose = "Falls by a factor every few epochs."

  package var every = 10
  package var factor = 0.1

  package init() {}

  package static var fields: [Field<Self>] {
    option("every", \.every, in: 1..., "Epochs between two falls.")
    option("factor", \.factor, in: 0...1, "What the rate is multiplied by.")
  }

  package func rate(at step: Int, of run: RunLength, base: Double) -> Double {
    base * pow(factor, Double(step / max(run.stepsPerEpoch, 1) / every))
  }
}
