package import Options
import Glibc

/// A rule for the learning rate of each step.
///
/// It is a function of the step alone, and of what the losses so far have earned.
package protocol LearningRateRule: Options, ChoiceMember, Hashable {
  /// The rate of a step.
  ///
  /// - Parameters:
  ///   - step: The optimizer step, from 0.
  ///   - run: How many steps there are, in all and in an epoch.
  ///   - base: The optimizer's own rate.
  func rate(at step: Int, of run: RunLength, base: Double) -> Double

  /// The factor that has been earned by a history of validation losses, one for each epoch.
  func scale(after losses: [Double]) -> Double
}

extension LearningRateRule {
  package func scale(after losses: [Double]) -> Double { 1 }
}

/// A learning rate that stays.
package struct ConstantRate: LearningRateRule {
  package static let title = "constant"
  package static let purpose = "The same rate throughout."

  package init() {}

  package static var fields: [Field<Self>] { [] }

  package func rate(at step: Int, of run: RunLength, base: Double) -> Double { base }
}

/// How long a training is, in optimizer steps.
package struct RunLength: Hashable, Sendable {
  package var steps: Int
  package var stepsPerEpoch: Int

  package init(steps: Int, stepsPerEpoch: Int) {
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
  }
}

/// Half a cosine from one value at 0 to another at 1 (Loshchilov and Hutter 2017, eq. 5).
func cosine(from start: Double, to end: Double, at fraction: Double) -> Double {
  end + (start - end) * (1 + cos(.pi * min(max(fraction, 0), 1))) / 2
}
